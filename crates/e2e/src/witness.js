// Runs before any script of a page, in every page of a journey, and tells the journey what the page itself does not show:
// how many connections and tracks are open, what a video element really displays, what an audio element really plays.
//
// It changes one thing: microphones deliver what they hear, without noise suppression and the like, because a pure tone is
// noise to a noise suppressor.
(() => {
  if (globalThis.confabWitness) return;

  // Connections. Held weakly, so that the witness is never why one stays in memory.
  const connections = [];
  const entries = new WeakMap();
  const servers = new Set();
  if (globalThis.RTCPeerConnection) {
    const Connection = globalThis.RTCPeerConnection;
    const close = Connection.prototype.close;
    Connection.prototype.close = function () {
      const entry = entries.get(this);
      if (entry) entry.closed = true;
      return close.call(this);
    };
    globalThis.RTCPeerConnection = new Proxy(Connection, {
      construct(target, args, newTarget) {
        const connection = Reflect.construct(target, args, newTarget);
        const entry = { held: new WeakRef(connection), closed: false };
        connections.push(entry);
        entries.set(connection, entry);
        for (const server of args[0]?.iceServers ?? []) [server.urls].flat().forEach((url) => servers.add(url));
        return connection;
      },
    });
  }
  const open = () => connections.filter((entry) => !entry.closed).map((entry) => entry.held.deref()).filter(Boolean);

  // Tracks of cameras, microphones and screens, and the page's copies of them.
  const tracks = [];
  const captured = new WeakSet();
  const keep = (track) => {
    captured.add(track);
    tracks.push(new WeakRef(track));
  };
  const clone = MediaStreamTrack.prototype.clone;
  MediaStreamTrack.prototype.clone = function () {
    const copy = clone.call(this);
    if (captured.has(this)) keep(copy);
    return copy;
  };
  const unprocessed = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  if (globalThis.MediaDevices) {
    const { getUserMedia, getDisplayMedia } = MediaDevices.prototype;
    MediaDevices.prototype.getUserMedia = async function (constraints) {
      const asked = { ...constraints };
      if (asked.audio) asked.audio = { ...(asked.audio === true ? {} : asked.audio), ...unprocessed };
      const stream = await getUserMedia.call(this, asked);
      stream.getTracks().forEach(keep);
      return stream;
    };
    MediaDevices.prototype.getDisplayMedia = async function (...asked) {
      const stream = await getDisplayMedia.apply(this, asked);
      stream.getTracks().forEach(keep);
      return stream;
    };
  }

  // What a video element inside `tile` displays: the colour of its middle, and the number in its corner (camera.rs).
  const canvas = () => (canvas.kept ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true }));
  function picture(tile) {
    const video = tile.matches('video') ? tile : tile.querySelector('video');
    if (!video) return { trouble: 'there is no video element in it' };
    if (!video.srcObject) return { trouble: 'the video element has no stream' };
    const { videoWidth: width, videoHeight: height } = video;
    if (!width) return { trouble: `no frame has come yet (ready state ${video.readyState})` };
    const box = video.getBoundingClientRect();
    if (box.width < 32 || box.height < 24 || !video.checkVisibility({ opacityProperty: true, visibilityProperty: true })) {
      return { trouble: `the video element cannot be seen (${box.width} by ${box.height})` };
    }
    const draw = canvas();
    draw.canvas.width = width;
    draw.canvas.height = height;
    draw.drawImage(video, 0, 0);
    const at = (x, y) => [...draw.getImageData(Math.floor(x), Math.floor(y), 1, 1).data.slice(0, 3)];
    let number = 0;
    for (let bit = 0; bit < 5; bit++) number = number * 2 + (at(((bit + 0.5) * width) / 10, width / 20)[1] > 127 ? 1 : 0);
    return { colour: at(width / 2, height / 2), number, frames: video.getVideoPlaybackQuality().totalVideoFrames, width, height };
  }

  // What an element inside `tile` plays aloud: the energy that arrived, and the loudest frequency. The analyser listens to a
  // copy of the track; the page's own way to the loudspeaker is untouched.
  const ears = new WeakMap();
  function listen(track) {
    if (!ears.has(track)) {
      const context = (listen.context ??= new AudioContext());
      const source = context.createMediaStreamSource(new MediaStream([clone.call(track)]));
      const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
      source.connect(analyser);
      ears.set(track, { analyser, source, bins: new Float32Array(analyser.frequencyBinCount) });
    }
    const { analyser, bins } = ears.get(track);
    analyser.getFloatFrequencyData(bins);
    const peak = bins.reduce((best, level, bin) => (level > bins[best] ? bin : best), 0);
    return { hertz: (peak * analyser.context.sampleRate) / analyser.fftSize, decibels: Math.max(bins[peak], -200) };
  }
  async function sound(tile) {
    const elements = [tile, ...tile.querySelectorAll('audio, video')].filter((element) => element.srcObject);
    const sounding = elements.filter((element) => element.srcObject.getAudioTracks().some((track) => track.readyState === 'live'));
    // A picture may have a muted element of its own beside the one that sounds.
    const player = sounding.find((element) => !element.muted) ?? sounding[0];
    if (!player) return { trouble: `none of ${elements.length} media elements in it has live sound` };
    if (player.muted || player.paused || player.volume === 0) {
      return { trouble: `its sound is not played (muted ${player.muted}, paused ${player.paused}, volume ${player.volume})` };
    }
    const track = player.srcObject.getAudioTracks().find((track) => track.readyState === 'live');
    const receivers = open().flatMap((connection) => connection.getReceivers());
    const receiver = receivers.find((receiver) => receiver.track.id === track.id);
    if (!receiver) return { trouble: 'its sound comes from no open connection' };
    let energy = 0;
    (await receiver.getStats()).forEach((entry) => {
      if (entry.type === 'inbound-rtp') energy = entry.totalAudioEnergy ?? 0;
    });
    return { energy, ...listen(track) };
  }

  globalThis.confabWitness = Object.freeze({
    openConnections: () => connections.filter((entry) => !entry.closed).length,
    connectionsMade: () => connections.length,
    iceServers: () => [...servers],
    liveTracks: (kind) =>
      tracks.filter((held) => {
        const track = held.deref();
        return track?.kind === kind && track.readyState === 'live';
      }).length,
    picture,
    sound,
  });
})();
