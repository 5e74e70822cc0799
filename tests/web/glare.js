// Replaces the last added track of every open connection, using the browser's API directly, and checks that
// all sent media arrives at the other end. Evaluates to `turn`, `faults` and `end`.
window.glare = window.glare || (() => {
  const added = new Map(), arrived = new Map();
  let context = null, track = null;
  const sound = () => {
    if (!context) {
      context = new AudioContext();
      const to = context.createMediaStreamDestination(), oscillator = new OscillatorNode(context, { frequency: 700 });
      oscillator.connect(to);
      oscillator.start();
      [track] = to.stream.getAudioTracks();
    }
    return track;
  };
  const generation = (description) => description?.sdp.match(/a=ice-ufrag:(\S+)/)?.[1];
  // The fault of one end; null if there is none.
  const fault = (end, ends) => {
    const { c } = end, own = generation(c.currentLocalDescription);
    const other = ends.find((e) => own && generation(e.c.currentRemoteDescription) === own);
    if (c.signalingState !== 'stable') return c.signalingState;
    if (!other || c.currentRemoteDescription.sdp !== other.c.currentLocalDescription.sdp) return 'other descriptions';
    if (added.get(c).currentDirection !== 'sendonly') return 'the new track is not negotiated';
    const sends = c.getTransceivers().filter((t) => t.sender.track && t.currentDirection?.startsWith('send'));
    const silent = sends.find((t) => {
      const there = other.c.getTransceivers().find((o) => o.mid === t.mid)?.receiver.track.id;
      return !(other.packets.get(there) > (arrived.get(there) ?? 0));
    });
    return silent ? `nothing arrives by ${silent.mid}` : null;
  };
  return {
    turn() {
      for (const c of window.probe.each()) {
        added.get(c)?.stop();
        added.set(c, c.addTransceiver(sound(), { direction: 'sendonly' }));
      }
    },
    // All faults, as text; empty when every end is stable and all sent media arrives.
    async faults() {
      const ends = await Promise.all(window.probe.each().map(async (c) => {
        const packets = new Map();
        (await c.getStats()).forEach((s) => {
          if (s.type === 'inbound-rtp') packets.set(s.trackIdentifier, s.packetsReceived);
        });
        return { c, packets };
      }));
      const faults = ends.map((end) => fault(end, ends)).filter(Boolean);
      if (!faults.length) ends.forEach((end) => end.packets.forEach((count, id) => arrived.set(id, count)));
      return faults.join('; ');
    },
    end() {
      context?.close();
      context = track = null;
      added.clear();
      arrived.clear();
    },
  };
})();
