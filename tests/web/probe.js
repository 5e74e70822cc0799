// Counts, from outside, what the browser holds for the app: connections, device tracks, audio devices.
// Installed once in the test page, before anything is opened. `begin` clears what a failed test left behind;
// `refuse` and `answer` simulate a browser or a server that refuses.
window.probe = window.probe || (() => {
  const connections = [], tracks = [], sounds = [], shared = [], contexts = [];
  let preferred = null, refusal = null, reply = null, screen = false, asked = null, requested = null, negotiations = 0, asks = 0;
  let claimed = {}, playable = true;

  const Connection = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Connection {
    constructor(...args) {
      super(...args);
      connections.push(this);
      this.addEventListener('negotiationneeded', () => { negotiations += 1; });
    }
    createDataChannel(...args) {
      return this.channel = super.createDataChannel(...args);
    }
  };
  const source = AudioContext.prototype.createBufferSource;
  AudioContext.prototype.createBufferSource = function () { sounds.push(this); return source.call(this); };
  const analyser = AudioContext.prototype.createAnalyser;
  AudioContext.prototype.createAnalyser = function () { sounds.push(this); return analyser.call(this); };
  const copy = MediaStreamTrack.prototype.clone;
  MediaStreamTrack.prototype.clone = function () { const made = copy.call(this); tracks.push(made); return made; };
  // Audio processing is off: a noise suppressor removes the fake microphone's tone, and an echo canceller
  // removes audio of the other end that plays in the same page.
  const plain = ({ audio, ...others }) => audio
    ? { ...others, audio: { ...audio, echoCancellation: false, noiseSuppression: false, autoGainControl: false } }
    : others;
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    asks += 1;
    if (refusal) throw new DOMException(...refusal);
    const stream = await ask(plain(constraints));
    tracks.push(...stream.getTracks());
    return stream;
  };
  // Tracks can claim other properties than they have.
  const muted = Object.getOwnPropertyDescriptor(MediaStreamTrack.prototype, 'muted').get;
  Object.defineProperty(MediaStreamTrack.prototype, 'muted', { get() { return claimed.muted ?? muted.call(this); } });
  const settings = MediaStreamTrack.prototype.getSettings;
  MediaStreamTrack.prototype.getSettings = function () { return { ...settings.call(this), ...claimed.settings }; };
  // While playback is blocked, an element with a stream stays paused, and `play` is rejected.
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    return playable ? play.call(this) : Promise.reject(new DOMException('', 'NotAllowedError'));
  };
  const given = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    get: given.get,
    set(stream) { if (!playable) this.autoplay = false; given.set.call(this, stream); },
  });
  // The system prefers another microphone: Chromium has a default entry that names it.
  const list = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
  navigator.mediaDevices.enumerateDevices = async () => {
    const all = await list(), wanted = all.find((d) => preferred && d.kind === 'audioinput' && d.label === preferred);
    return all.map((d) => wanted && d.kind === wanted.kind && d.deviceId === 'default'
      ? { deviceId: d.deviceId, kind: d.kind, label: `Default - ${wanted.label}`, groupId: wanted.groupId } : d);
  };
  // A screen with a distinct colour, and a tone if a test wants one: the browser's fake screen is silent, and
  // as green as its fake camera.
  const painted = () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 800, height: 450 });
    const pen = canvas.getContext('2d');
    const paint = () => { pen.fillStyle = '#c000c0'; pen.fillRect(0, 0, 800, 450); };
    paint();
    const stream = canvas.captureStream(20), [track] = stream.getVideoTracks();
    const again = setInterval(() => track.readyState === 'live' ? paint() : clearInterval(again), 50);
    return stream;
  };
  const tone = () => {
    const context = new AudioContext(), to = context.createMediaStreamDestination();
    const oscillator = new OscillatorNode(context, { frequency: 1500 });
    oscillator.connect(to);
    oscillator.start();
    contexts.push(context);
    return to.stream.getAudioTracks();
  };
  const share = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getDisplayMedia = async (options) => {
    asked = options;
    if (refusal) throw new DOMException(...refusal);
    const stream = await (screen ? painted() : share(options));
    if (screen) tone().forEach((track) => stream.addTrack(track));
    shared.push(...stream.getTracks());
    return stream;
  };
  const fetch = window.fetch.bind(window);
  window.fetch = (...args) => {
    if (!reply) return fetch(...args);
    requested = new Request(...args);
    return Promise.resolve(new Response(reply.body, reply));
  };

  // Frames that an element has shown; Firefox counts those of streams separately.
  const shown = (video) => Math.max(video.getVideoPlaybackQuality().totalVideoFrames, video.mozPaintedFrames ?? 0);
  const open = () => connections.filter((c) => c.signalingState !== 'closed');
  const live = (kind) => tracks.filter((t) => t.kind === kind && t.readyState === 'live');
  return {
    begin: () => {
      connections.splice(0).forEach((c) => c.close());
      tracks.splice(0).forEach((t) => t.stop());
      sounds.splice(0).forEach((s) => s.state === 'closed' || s.close());
      shared.splice(0).forEach((t) => t.stop());
      contexts.splice(0).forEach((c) => c.close());
      preferred = refusal = asked = null;
      screen = false;
      claimed = {};
      playable = true;
      negotiations = asks = 0;
    },
    connections: () => open().length,
    gathered: () => open().filter((c) => c.iceGatheringState === 'complete').length,
    stable: () => open().every((c) => c.signalingState === 'stable' && c.connectionState === 'connected'),
    fragments: () => open().map((c) => /a=ice-ufrag:(\S+)/.exec(c.localDescription?.sdp ?? '')?.[1]).join(),
    // Transport policy and ICE server URLs of each open connection.
    ways: () => open().map((c) => {
      const { iceTransportPolicy, iceServers } = c.getConfiguration();
      return [iceTransportPolicy, ...iceServers.flatMap(({ urls }) => urls)].join(' ');
    }).join(),
    transceivers: () => open().map((c) => c.getTransceivers().length).join(),
    sent: () => open().flatMap((c) => c.getSenders().map(({ track }) => track?.kind ?? '-')).join(),
    cameras: () => live('video').length,
    microphones: () => live('audio').length,
    heard: () => live('audio').filter((t) => t.enabled).length,
    given: () => tracks.length,
    asks: () => asks,
    prefer: (label) => { preferred = label; },
    claim: (muted, facingMode) => { claimed = { muted, settings: { facingMode } }; },
    allowPlaying: (allowed) => { playable = allowed; },
    mute: (kind, name) => live(kind).forEach((t) => t.dispatchEvent(new Event(name))),
    end: (kind) => live(kind).forEach((t) => t.dispatchEvent(new Event('ended'))),
    sounds: () => sounds.filter((s) => s.state !== 'closed').length,
    refuse: (name, words) => { refusal = name ? [words ?? 'refused by the test', name] : null; },
    // Live tracks of shared screens.
    screens: () => shared.filter((t) => t.readyState === 'live').length,
    shared: () => shared.length,
    endScreen: () => shared.filter((t) => t.readyState === 'live').forEach((t) => t.dispatchEvent(new Event('ended'))),
    paintScreen: () => { screen = true; },
    hints: () => shared.map((t) => `${t.kind}:${t.contentHint}`).sort().join(),
    asked: () => JSON.stringify(asked),
    negotiations: () => negotiations,
    // Encoder parameters of each connection's third transceiver, the screen's.
    encodings: () => open().map((c) => {
      const { encodings, degradationPreference } = c.getTransceivers()[2].sender.getParameters();
      return `${encodings[0]?.active}:${encodings[0]?.maxBitrate}:${degradationPreference}`;
    }).join(),
    // Size of a stream's video, and the colour at its centre, once there is a frame.
    async picture(stream) {
      const video = Object.assign(document.createElement('video'), { muted: true, srcObject: stream });
      await video.play();
      const canvas = Object.assign(document.createElement('canvas'), { width: video.videoWidth, height: video.videoHeight });
      const pen = canvas.getContext('2d');
      pen.drawImage(video, 0, 0);
      video.srcObject = null;
      const [red, green, blue] = pen.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data;
      return JSON.stringify({ width: canvas.width, height: canvas.height, red, green, blue });
    },
    // Received audio energy by track, in the order of the transceivers, on the connection that opened first.
    async heardBy() {
      const [first] = open(), energies = [];
      for (const { receiver } of first.getTransceivers().filter((t) => t.receiver.track.kind === 'audio')) {
        (await receiver.getStats()).forEach((s) => {
          if (s.type === 'inbound-rtp') energies.push(s.totalAudioEnergy ?? 0);
        });
      }
      return JSON.stringify(energies);
    },
    // The number of frames of a stream that elements on the page have shown.
    shownOf: (stream) => [...document.querySelectorAll('video')].filter((video) => video.srcObject === stream)
      .reduce((sum, video) => sum + shown(video), 0),
    // The peak sample of an audio stream over a fifth of a second, from 0 to 1, measured on a clone of its
    // track.
    async loudness(stream) {
      const context = new AudioContext(), analyser = new AnalyserNode(context, { fftSize: 8192 });
      context.createMediaStreamSource(new MediaStream([copy.call(stream.getAudioTracks()[0])])).connect(analyser);
      await new Promise((heard) => setTimeout(heard, 200));
      const samples = new Float32Array(8192);
      analyser.getFloatTimeDomainData(samples);
      context.close();
      return String(Math.max(...samples.map(Math.abs)));
    },
    answer: (status, body, retryAfter) => {
      reply = status ? { status, body, headers: retryAfter ? { 'retry-after': retryAfter } : {} } : null;
    },
    // A header of the last request that was answered by `answer`.
    header: (name) => requested.headers.get(name),
    each: () => open(),
    // Sends invalid messages on the channel of every open connection: text, too much text, bytes, half a
    // signal.
    babble() {
      const all = ['nonsense', 'x'.repeat(200000), new Uint8Array(1000), '{"number":1,"seen":4000000000}',
        '{"number":4294967295,"seen":0,"signal":{"media":{"camera":false,"microphone":false}}}', '{"number":2,"signal":'];
      open().forEach((c) => all.forEach((words) => c.channel.send(words)));
    },
    // What arrived on each open connection since it opened, in the order of opening. Frames count once an
    // element on the page has shown them: a browser may decode frames and show none.
    async received() {
      const all = await Promise.all(open().map(async (c) => {
        let keyFrames = 0, energy = 0;
        const arrives = c.getReceivers().map(({ track }) => track);
        const plays = (video) => video.srcObject?.getTracks().some((track) => arrives.includes(track));
        const seen = [...document.querySelectorAll('video')].filter(plays)
          .reduce((sum, video) => sum + shown(video), 0);
        (await c.getStats()).forEach((s) => {
          if (s.type !== 'inbound-rtp') return;
          if (s.kind === 'video') keyFrames += s.keyFramesDecoded ?? 0;
          if (s.kind === 'audio') energy += s.totalAudioEnergy ?? 0;
        });
        return { shown: seen, keyFrames, energy };
      }));
      return JSON.stringify(all);
    },
  };
})();
