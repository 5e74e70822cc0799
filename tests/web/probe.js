// What the browser holds on behalf of the app, counted from outside: connections, tracks of devices, audio
// devices. Installed once in the test page, before anything is opened; `begin` forgets what a test that failed
// left behind; `refuse` and `answer` play a browser or a server that says no.
window.probe = window.probe || (() => {
  const connections = [], tracks = [], sounds = [];
  let refusal = null, reply = null;

  const Connection = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Connection {
    constructor(...args) { super(...args); connections.push(this); }
  };
  const source = AudioContext.prototype.createBufferSource;
  AudioContext.prototype.createBufferSource = function () { sounds.push(this); return source.call(this); };
  const copy = MediaStreamTrack.prototype.clone;
  MediaStreamTrack.prototype.clone = function () { const made = copy.call(this); tracks.push(made); return made; };
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    if (refusal) throw new DOMException('refused by the test', refusal);
    const stream = await ask(constraints);
    tracks.push(...stream.getTracks());
    return stream;
  };
  const fetch = window.fetch.bind(window);
  window.fetch = (...args) => reply ? Promise.resolve(new Response(reply.body, { status: reply.status })) : fetch(...args);

  const open = () => connections.filter((c) => c.signalingState !== 'closed');
  const live = (kind) => tracks.filter((t) => t.kind === kind && t.readyState === 'live');
  return {
    begin: () => {
      connections.splice(0).forEach((c) => c.close());
      tracks.splice(0).forEach((t) => t.stop());
      sounds.splice(0).forEach((s) => s.state === 'closed' || s.close());
      refusal = null;
    },
    connections: () => open().length,
    stable: () => open().every((c) => c.signalingState === 'stable' && c.connectionState === 'connected'),
    fragments: () => open().map((c) => /a=ice-ufrag:(\S+)/.exec(c.localDescription?.sdp ?? '')?.[1]).join(),
    transceivers: () => open().map((c) => c.getTransceivers().length).join(),
    cameras: () => live('video').length,
    microphones: () => live('audio').length,
    heard: () => live('audio').filter((t) => t.enabled).length,
    given: () => tracks.length,
    end: (kind) => live(kind).forEach((t) => t.dispatchEvent(new Event('ended'))),
    sounds: () => sounds.filter((s) => s.state !== 'closed').length,
    refuse: (name) => { refusal = name; },
    answer: (status, body) => { reply = status ? { status, body } : null; },
    // What arrived on each open connection since it opened: "frames:energy" in the order of opening.
    async received() {
      const all = await Promise.all(open().map(async (c) => {
        let frames = 0, energy = 0;
        (await c.getStats()).forEach((s) => {
          if (s.type !== 'inbound-rtp') return;
          if (s.kind === 'video') frames += s.framesDecoded ?? 0;
          if (s.kind === 'audio') energy += s.totalAudioEnergy ?? 0;
        });
        return { frames, energy };
      }));
      return JSON.stringify(all);
    },
  };
})();
