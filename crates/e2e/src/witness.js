// Runs before any other script of each page in a journey, and reports what the page itself does not show: how
// many connections and tracks are open, what a video element really displays, what an audio element really
// plays.
//
// It changes one thing: microphones are opened without noise suppression and the like, because a pure tone is
// noise to a noise suppressor.
(() => {
  if (globalThis.confabWitness) return;

  // Connections. Weak references, so that the witness never keeps one in memory.
  const connections = [];
  const entries = new WeakMap();
  const servers = new Set();
  if (globalThis.RTCPeerConnection) {
    const Connection = globalThis.RTCPeerConnection;
    const close = Connection.prototype.close;
    Connection.prototype.close = function () {
      const entry = entries.get(this);
      if (entry && !entry.closed) entry.tell('closed');
      if (entry) entry.closed = true;
      return close.call(this);
    };
    globalThis.RTCPeerConnection = new Proxy(Connection, {
      construct(target, args, newTarget) {
        const connection = Reflect.construct(target, args, newTarget);
        const entry = { held: new WeakRef(connection), closed: false, story: [] };
        const tell = (what) => entry.story.push(`${(performance.now() / 1000).toFixed(1)} s ${what}`);
        tell('made');
        connection.addEventListener('signalingstatechange', ({ target }) => tell(target.signalingState));
        connection.addEventListener('connectionstatechange', ({ target }) => tell(target.connectionState));
        entry.tell = tell;
        connections.push(entry);
        entries.set(connection, entry);
        for (const server of args[0]?.iceServers ?? []) [server.urls].flat().forEach((url) => servers.add(url));
        return connection;
      },
    });
  }
  const open = () => connections.filter((entry) => !entry.closed).map((entry) => entry.held.deref()).filter(Boolean);

  // Sockets: the newest one, to be dropped, and its last `welcome`, which is what the server knows of this
  // page.
  let socket;
  let welcome = null;
  if (globalThis.WebSocket) {
    globalThis.WebSocket = new Proxy(globalThis.WebSocket, {
      construct(target, args, newTarget) {
        socket = Reflect.construct(target, args, newTarget);
        socket.addEventListener('message', ({ data }) => {
          if (typeof data === 'string' && data.startsWith('{"welcome"')) welcome = JSON.parse(data).welcome;
        });
        return socket;
      },
    });
  }
  function dropSocket() {
    welcome = null;
    socket?.close();
  }

  // Tracks of cameras, microphones and screens, and the page's clones of them.
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
  const requests = { audio: 0, video: 0 };
  // Unplugged devices, by id: a real one cannot be unplugged by software.
  const gone = new Set();
  const unprocessed = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  if (globalThis.MediaDevices) {
    const { getUserMedia, getDisplayMedia, enumerateDevices } = MediaDevices.prototype;
    MediaDevices.prototype.enumerateDevices = async function () {
      return (await enumerateDevices.call(this)).filter((device) => !gone.has(device.deviceId));
    };
    // Rewrites the constraints for one kind of device, so that no unplugged one can match.
    const among = async (devices, kind, asked) => {
      if (!asked || ![...gone].length) return asked;
      const wish = { ...(asked === true ? {} : asked) };
      const exact = [wish.deviceId?.exact].flat()[0];
      const there = (await devices.enumerateDevices()).filter((device) => device.kind === kind);
      if (!there.length) throw new DOMException('Requested device not found', 'NotFoundError');
      if (gone.has(exact)) throw new OverconstrainedError('deviceId');
      const ideal = [wish.deviceId?.ideal ?? wish.deviceId].flat()[0];
      if (!exact && (typeof ideal !== 'string' || gone.has(ideal))) wish.deviceId = { exact: there[0].deviceId };
      return wish;
    };
    MediaDevices.prototype.getUserMedia = async function (constraints) {
      const asked = { ...constraints };
      for (const kind of ['audio', 'video']) if (asked[kind]) requests[kind] += 1;
      asked.audio = await among(this, 'audioinput', asked.audio);
      asked.video = await among(this, 'videoinput', asked.video);
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

  // Unplugs a device: it is no longer listed, its tracks end, and the page gets the browser's events for
  // both.
  async function unplug(label) {
    const devices = await navigator.mediaDevices.enumerateDevices();
    const pulled = devices.filter((device) => device.label === label);
    pulled.forEach((device) => gone.add(device.deviceId));
    for (const held of tracks) {
      const track = held.deref();
      if (track?.readyState !== 'live' || !gone.has(track.getSettings().deviceId)) continue;
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    return pulled.length;
  }

  // Determines which of Chromium's fake cameras (arrival.rs) fills a video element inside `tile`, by watching for
  // more than one turn of the disc.
  function fakeCamera(tile) {
    const video = tile.matches('video') ? tile : tile.querySelector('video');
    if (!video?.srcObject) return 'no video';
    const before = video.getVideoPlaybackQuality().totalVideoFrames;
    return new Promise((resolve) => {
      const began = performance.now();
      const seen = new Set();
      const look = () => {
        const draw = canvas();
        draw.canvas.width = 64;
        draw.canvas.height = 48;
        if (video.videoWidth) draw.drawImage(video, 0, 0, 64, 48);
        const points = [[32, 12], [32, 24], [20, 24]].map(([x, y]) => [...draw.getImageData(x, y, 1, 1).data.slice(0, 3)]);
        for (const [red, green, blue] of points) {
          const other = red > 110 || blue > 60 || green < 100;
          seen.add(other ? 'other' : green > 200 ? 'light' : 'dark');
        }
        if (performance.now() - began < 1500) return void setTimeout(look, 40);
        const frames = video.getVideoPlaybackQuality().totalVideoFrames - before;
        if (seen.has('other')) resolve('another video');
        else if (frames < 3) resolve(`stands still (${frames} frames)`);
        else resolve(seen.has('light') ? 'Turning' : 'Plain');
      };
      look();
    });
  }

  // What a video element inside `tile` displays: the colour at its centre, and the frame number in its corner
  // (camera.rs).
  const canvas = () => (canvas.kept ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true }));
  function picture(tile) {
    const video = tile.matches('video') ? tile : tile.querySelector('video');
    if (!video) return { trouble: 'it contains no video element' };
    if (!video.srcObject && !video.currentSrc) return { trouble: 'the video element has nothing to play' };
    const { videoWidth: width, videoHeight: height } = video;
    if (!width) return { trouble: `no frame has arrived yet (ready state ${video.readyState})` };
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

  // The frame log: when each frame of each video of the page was displayed, with its colour, frame number,
  // lines and RTP timestamp. It starts on request, and continues on later pages of the tab.
  const frames = [];
  const recorded = new WeakSet();
  const strip = () => (strip.kept ??= new OffscreenCanvas(6, 1).getContext('2d', { willReadFrequently: true }));
  function note(video, { presentationTime, presentedFrames: shown, rtpTimestamp }) {
    const { videoWidth: width, videoHeight: height } = video;
    const draw = strip();
    draw.drawImage(video, 0, 0, width / 2, width / 10, 0, 0, 5, 1);
    draw.drawImage(video, width / 2, height / 2, 2, 2, 5, 0, 1, 1);
    const { data } = draw.getImageData(0, 0, 6, 1);
    let number = 0;
    for (let bit = 0; bit < 5; bit++) number = number * 2 + (data[bit * 4 + 1] > 127 ? 1 : 0);
    const colour = [...data.slice(20, 23)];
    // A frame of local video, such as the self view, has no RTP timestamp.
    frames.push({ at: performance.timeOrigin + presentationTime, shown, colour, number, lines: Math.min(width, height), sent: rtpTimestamp ?? null });
  }
  function recordVideos() {
    for (const video of document.querySelectorAll('video')) {
      if (recorded.has(video)) continue;
      recorded.add(video);
      const noted = (_, frame) => {
        if (video.videoWidth) note(video, frame);
        video.requestVideoFrameCallback(noted);
      };
      video.requestVideoFrameCallback(noted);
    }
  }
  function recordFrames() {
    sessionStorage.confabJournal = 'kept';
    recordVideos();
    new MutationObserver(recordVideos).observe(document, { childList: true, subtree: true });
  }
  // A page with an opaque origin has no storage.
  try {
    if (sessionStorage.confabJournal) recordFrames();
  } catch {}

  // The fingerprints of each open connection, local and remote: another connection has different ones.
  const fingerprints = () =>
    open().map((connection) =>
      [connection.localDescription, connection.remoteDescription]
        .map((description) => /^a=fingerprint:(.*)$/m.exec(description?.sdp)?.[1].trim() ?? 'none')
        .join(' with '),
    );

  // What an element inside `tile` plays aloud: the energy received, and the loudest frequency. The analyser
  // gets a clone of the track; the page's own playback is untouched.
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
  // Elements that got a stream, also those outside the page.
  const players = [];
  const given = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...given,
    set(stream) {
      if (!players.some((held) => held.deref() === this)) players.push(new WeakRef(this));
      given.set.call(this, stream);
    },
  });
  const outside = () => players.map((held) => held.deref()).filter((element) => element?.srcObject && !element.isConnected);
  // The element outside the page that plays the sound of a tile's video: of the same connection, and with the same
  // place among the tracks of its kind.
  function soundOf(video) {
    const track = video.srcObject?.getVideoTracks()[0];
    for (const connection of open()) {
      const received = (kind) => connection.getReceivers().map((receiver) => receiver.track).filter((one) => one.kind === kind);
      const place = received('video').indexOf(track);
      if (place < 0) continue;
      const sound = received('audio')[place];
      return outside().filter((element) => element.srcObject.getTracks().includes(sound));
    }
    return [];
  }
  async function sound(tile) {
    const within = [tile, ...tile.querySelectorAll('audio, video')].filter((element) => element.srcObject);
    const elements = [...within, ...within.filter((element) => element instanceof HTMLVideoElement).flatMap(soundOf)];
    const sounding = elements.filter((element) => element.srcObject.getAudioTracks().some((track) => track.readyState === 'live'));
    // A tile may have a muted video element beside the element that plays its sound.
    const player = sounding.find((element) => !element.muted) ?? sounding[0];
    if (!player) return { trouble: `none of its ${elements.length} media elements has a live audio track` };
    if (player.muted || player.paused || player.volume === 0) {
      return { trouble: `its audio is not played (muted ${player.muted}, paused ${player.paused}, volume ${player.volume})` };
    }
    const track = player.srcObject.getAudioTracks().find((track) => track.readyState === 'live');
    const receivers = open().flatMap((connection) => connection.getReceivers());
    const receiver = receivers.find((receiver) => receiver.track.id === track.id);
    if (!receiver) return { trouble: 'its audio comes from no open connection' };
    let energy = 0;
    (await receiver.getStats()).forEach((entry) => {
      if (entry.type === 'inbound-rtp') energy = entry.totalAudioEnergy ?? 0;
    });
    return { energy, ...listen(track) };
  }

  // Samples the sound of a tile about every 100 ms.
  async function listens(tile, milliseconds) {
    const moments = [];
    for (const began = performance.now(); performance.now() - began < milliseconds; ) {
      moments.push(await sound(tile));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return moments;
  }

  // The local candidate of each open connection's selected pair: its type and protocol.
  async function routes() {
    const found = [];
    for (const connection of open()) {
      const stats = await connection.getStats();
      for (const { type, selectedCandidatePairId } of stats.values()) {
        const pair = type === 'transport' && stats.get(selectedCandidatePairId);
        const own = pair && stats.get(pair.localCandidateId);
        // For a host candidate the browser reports no protocol other than UDP.
        if (own) found.push(`${own.candidateType} by ${own.relayProtocol ?? own.protocol}`);
      }
    }
    return found;
  }

  // The bytes of all videos that arrived so far.
  async function videoBytes() {
    let bytes = 0;
    for (const connection of open()) {
      for (const entry of (await connection.getStats()).values()) {
        if (entry.type === 'inbound-rtp' && entry.kind === 'video') bytes += entry.bytesReceived;
      }
    }
    return bytes;
  }

  // The types of candidates on all open connections that this end ('local-candidate') or its peer
  // ('remote-candidate') offered. Peer-reflexive ones are left out: the browser discovers them, nothing
  // offers them.
  async function offered(end) {
    const kinds = new Set();
    for (const connection of open()) {
      const stats = await connection.getStats();
      for (const { type, candidateType } of stats.values()) {
        if (type === end && candidateType !== 'prflx') kinds.add(candidateType);
      }
    }
    return [...kinds];
  }

  // Faults, caused through the browser's API without the page noticing.

  // Cuts receivers off from their decoders: in Chromium, rolling an offer back does that to each transceiver
  // on whose sender `setParameters` was called. Frames are still decoded, but never displayed.
  async function breakReceivers() {
    for (const connection of open()) {
      for (const sender of connection.getSenders()) await sender.setParameters(sender.getParameters());
      await connection.setLocalDescription(await connection.createOffer());
      await connection.setLocalDescription({ type: 'rollback' });
    }
  }

  // Stops the encoders of all sent video.
  async function stopEncoders() {
    for (const sender of open().flatMap((connection) => connection.getSenders())) {
      if (sender.track?.kind !== 'video') continue;
      const parameters = sender.getParameters();
      parameters.encodings.forEach((encoding) => (encoding.active = false));
      await sender.setParameters(parameters);
    }
  }

  // Removes the tracks of a kind from all senders.
  async function takeTracks(kind) {
    for (const sender of open().flatMap((connection) => connection.getSenders())) {
      if (sender.track?.kind === kind) await sender.replaceTrack(null);
    }
  }

  globalThis.confabWitness = Object.freeze({
    openConnections: () => connections.filter((entry) => !entry.closed).length,
    connectionStories: () => connections.map((entry) => entry.story.join(', ')),
    iceServers: () => [...servers],
    liveTracks: (kind) =>
      tracks.filter((held) => {
        const track = held.deref();
        return track?.kind === kind && track.readyState === 'live';
      }).length,
    deviceRequests: (kind) => requests[kind],
    unplug,
    recordFrames,
    frameLog: (since) => frames.filter(({ at }) => at >= since),
    dropSocket,
    welcome: () => welcome,
    fingerprints: () => fingerprints().sort(),
    fakeCamera,
    picture,
    sound,
    listens,
    volumes: () => outside().map((element) => element.volume),
    videoBytes,
    routes,
    offered,
    breakReceivers,
    stopEncoders,
    takeTracks,
  });
})();
