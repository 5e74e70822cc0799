// A video room without a framework: a form, a list of people, calls by invitation and with everyone, chat. It
// does what the benchmark measures, and no more.
'use strict';
const element = (id) => document.getElementById(id);
const own = { id: crypto.randomUUID(), name: '', joined: false };
let socket;
let stream;
let people = [];
// Messages that wait for the server, and the ids of those that are shown: the server sends them again to who comes
// back.
const unsent = [];
const shown = new Set();
// A peer's id: its connection, its video, and where the negotiation stands.
const links = new Map();
// Ids of those whose call rings.
const ringing = new Set();

function send(message) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  else if (message.chat) unsent.push(message);
}

function connect() {
  socket = new WebSocket(location.origin.replace('http', 'ws') + '/socket');
  socket.onopen = () => {
    send({ hello: own });
    unsent.splice(0).forEach(send);
  };
  socket.onmessage = ({ data }) => receive(JSON.parse(data));
  socket.onclose = () => setTimeout(connect, 1000);
}

async function receive(message) {
  if (message.people) {
    people = message.people;
    if (own.joined) people.filter((one) => one.joined && one.id < own.id).forEach((one) => link(one.id));
    showPeople();
  } else if (message.chat) {
    if (shown.has(message.chat.id)) return;
    shown.add(message.chat.id);
    const line = document.createElement('li');
    line.textContent = `${message.chat.name}: ${message.chat.text}`;
    element('log').append(line);
  } else if (message.ring) {
    ringing.add(message.from);
    showPeople();
  } else if (message.bye) {
    unlink(message.from);
  } else {
    await negotiate(message);
  }
}

// The connection to a peer, opened if there is none: then this side makes an offer, unless the peer's is there.
function link(id) {
  if (links.has(id)) return links.get(id);
  const connection = new RTCPeerConnection();
  const video = document.createElement('video');
  Object.assign(video, { autoplay: true, playsInline: true });
  const linked = { connection, video, polite: own.id < id, offering: false, ignoring: false };
  links.set(id, linked);
  connection.onnegotiationneeded = async () => {
    linked.offering = true;
    await connection.setLocalDescription();
    linked.offering = false;
    send({ to: id, description: connection.localDescription });
  };
  connection.onicecandidate = ({ candidate }) => candidate && send({ to: id, candidate });
  connection.oniceconnectionstatechange = () => connection.iceConnectionState === 'failed' && connection.restartIce();
  connection.ontrack = ({ streams: [first] }) => (video.srcObject = first);
  for (const track of stream.getTracks()) connection.addTrack(track, stream);
  element('videos').append(video);
  showPeople();
  return linked;
}

// Perfect negotiation (W3C WebRTC, section 10.7).
async function negotiate({ from, description, candidate }) {
  // What arrives late for a call that has ended opens no connection.
  const linked = description?.type === 'offer' ? link(from) : links.get(from);
  if (!linked) return;
  const { connection } = linked;
  if (description) {
    const collides = description.type === 'offer' && (linked.offering || connection.signalingState !== 'stable');
    linked.ignoring = collides && !linked.polite;
    if (linked.ignoring) return;
    await connection.setRemoteDescription(description);
    if (description.type === 'offer') {
      await connection.setLocalDescription();
      send({ to: from, description: connection.localDescription });
    }
  } else if (candidate) {
    await connection.addIceCandidate(candidate).catch((error) => {
      if (!linked.ignoring) throw error;
    });
  }
}

function unlink(id) {
  const linked = links.get(id);
  if (!linked) return;
  links.delete(id);
  linked.connection.close();
  linked.video.srcObject = null;
  linked.video.remove();
  showPeople();
}

function showPeople() {
  const lines = people.map(({ id, name }) => {
    const line = document.createElement('li');
    line.textContent = name;
    const button = document.createElement('button');
    if (links.has(id)) {
      button.textContent = `Hang up with ${name}`;
      button.onclick = () => (send({ to: id, bye: true }), unlink(id));
    } else if (ringing.has(id)) {
      button.textContent = `Accept ${name}`;
      // The offer tells the caller that the call is accepted.
      button.onclick = () => (ringing.delete(id), link(id));
    } else {
      button.textContent = `Call ${name}`;
      button.onclick = () => send({ to: id, ring: true });
    }
    if (id !== own.id) line.append(button);
    return line;
  });
  element('people').replaceChildren(...lines);
}

element('join').onclick = () => {
  own.joined = true;
  send({ hello: own });
};
element('chat').onsubmit = (event) => {
  event.preventDefault();
  send({ chat: { id: crypto.randomUUID(), name: own.name, text: element('text').value } });
  element('text').value = '';
};
element('door').onsubmit = async (event) => {
  event.preventDefault();
  own.name = element('name').value;
  stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
  element('own').srcObject = stream;
  element('door').hidden = true;
  element('videos').hidden = element('room').hidden = false;
  connect();
};
