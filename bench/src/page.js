// Runs before any other script of a contender's page, and after the witness of e2e. It notes when what happens
// first, and helps a contender's script to use the page. It does nothing while a call runs, so that it costs
// nothing there.
(() => {
  // Milliseconds since the epoch: the pages of one machine share this clock.
  const now = () => performance.timeOrigin + performance.now();

  // When something happened first since the last `reset`.
  let marks = {};
  const mark = (name) => (marks[name] ??= now());

  // Connections, by weak references, so that none is kept in memory.
  let connections = [];
  let made = 0;
  const open = () => connections.map((held) => held.deref()).filter((connection) => connection && connection.signalingState !== 'closed');
  globalThis.RTCPeerConnection = new Proxy(globalThis.RTCPeerConnection, {
    construct(target, args, newTarget) {
      const connection = Reflect.construct(target, args, newTarget);
      connections = open().map((one) => new WeakRef(one)).concat(new WeakRef(connection));
      mark('connection');
      made += 1;
      connection.addEventListener('signalingstatechange', () => {
        if (connection.signalingState === 'stable') mark('signaling');
      });
      connection.addEventListener('iceconnectionstatechange', () => {
        if (['connected', 'completed'].includes(connection.iceConnectionState)) mark('ice');
      });
      connection.addEventListener('connectionstatechange', () => {
        if (connection.connectionState === 'connected') mark('dtls');
      });
      return connection;
    },
  });

  // The first frame of each video that a peer sends. A frame of the own camera has no RTP timestamp.
  const firstFrames = new WeakMap();
  const received = (track) => track && open().some((connection) => connection.getReceivers().some((receiver) => receiver.track === track));
  const trackOf = (video) => video.srcObject?.getVideoTracks?.()[0];
  function watch({ target: video }) {
    if (!(video instanceof HTMLVideoElement)) return;
    const shown = (_, { rtpTimestamp }) => {
      const track = trackOf(video);
      if (!received(track)) return;
      if (rtpTimestamp === undefined) return void video.requestVideoFrameCallback(shown);
      firstFrames.set(video, { track: track.id, at: now() });
    };
    video.requestVideoFrameCallback(shown);
  }
  // Sent to each element when it gets a stream. Such events do not bubble, but they can be captured.
  document.addEventListener('loadstart', watch, true);
  const remoteVideos = () => [...document.querySelectorAll('video')].filter((video) => received(trackOf(video)));
  // When each remote video that the page has now showed its first frame.
  const pictures = () =>
    remoteVideos()
      .map((video) => [firstFrames.get(video), trackOf(video).id])
      .filter(([first, track]) => first?.track === track)
      .map(([first]) => first.at);

  // Frames shown so far, and freezes, over all remote videos; and what was sent.
  async function frames() {
    const sum = { at: now(), frames: 0, freezes: 0, sent: 0 };
    for (const { totalVideoFrames, droppedVideoFrames } of remoteVideos().map((video) => video.getVideoPlaybackQuality())) {
      sum.frames += totalVideoFrames - droppedVideoFrames;
    }
    for (const connection of open()) {
      for (const { type, kind, freezeCount, bytesSent } of (await connection.getStats()).values()) {
        if (type === 'inbound-rtp' && kind === 'video') sum.freezes += freezeCount ?? 0;
        if (type === 'outbound-rtp') sum.sent += bytesSent ?? 0;
      }
    }
    return sum;
  }

  // WebAssembly's memories, which are not part of the JavaScript heap.
  const memories = new Set();
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const result = await original.apply(WebAssembly, args);
      for (const thing of Object.values((result.instance ?? result).exports)) {
        if (thing instanceof WebAssembly.Memory) memories.add(thing);
      }
      return result;
    };
  }
  const wasmBytes = () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);

  const seen = () => `it shows ${pictures().length} pictures and says: ${document.body.innerText.replace(/\s+/g, ' ')}`;
  // Resolves as soon as `check` returns something other than false, null and undefined.
  const until = (check, wish = check) =>
    new Promise((resolve, reject) => {
      const latest = performance.now() + 45_000;
      const look = () => {
        const found = check();
        if (found !== false && found != null) resolve(found);
        else if (performance.now() > latest) reject(new Error(`waited 45 s for ${wish}; ${seen()}`));
        else setTimeout(look, 10);
      };
      look();
    });

  // What helps a contender's script. Buttons are found by the beginning of their name.
  const named = (selector, name) => {
    const nameOf = (element) => (element.ariaLabel ?? element.innerText).trim();
    const usable = (element) => !element.disabled && element.checkVisibility();
    return [...document.querySelectorAll(selector)].find((element) => usable(element) && nameOf(element).startsWith(name));
  };
  const button = (name) => named('button', name);
  const field = (label) => named('label', label)?.control ?? undefined;
  const fill = (input, text) => {
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const press = (element) => {
    mark('pressed');
    element.click();
  };

  let contender;
  globalThis.contender = (describe) => {
    contender = describe({ button, field, fill, press, until });
    delete globalThis.contender;
    if (!location.protocol.startsWith('http')) return;
    const look = () => {
      if (document.body && contender.formWorks()) mark('formWorks');
      else setTimeout(look, 4);
    };
    look();
  };
  globalThis.bench = Object.freeze({
    // Runs a step of the contender's script.
    does: async (step, ...args) => (await contender[step](...args)) ?? null,
    // Waits until a check of the contender's script succeeds; returns when.
    waits: async (check, ...args) => {
      await until(() => contender[check](...args), `${check}(${args})`);
      return now();
    },
    // Waits until there are as many people.
    company: (wanted) => until(() => contender.people() === wanted, `${wanted} people`),
    // Waits until exactly as many remote videos show frames; returns when the last of them did first.
    pictures: async (wanted) => {
      await until(() => pictures().length === wanted, `${wanted} pictures`);
      return Math.max(0, ...pictures());
    },
    mark: (name) => until(() => marks[name] !== undefined && marks[name], name),
    marks: () => marks,
    started: () => performance.timeOrigin,
    reset() {
      marks = {};
      // Made ahead of the call.
      if (open().some((connection) => connection.connectionState === 'new')) mark('connection');
      return null;
    },
    frames,
    made: () => made,
    wasmBytes,
  });
})();
