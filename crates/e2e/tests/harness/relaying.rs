//! The TURN server that the real server hands out: it relays where it should, and only there.

use std::net::TcpStream;

use e2e::{Outcome, Person, Server, TurnServer, TurnTransports};

/// Calls itself over relays only; records each end's transports to a relay, and the errors.
const CALL: &str = r"(async () => {
  const account = await (await fetch('/api/accounts', {
    method: 'POST', body: JSON.stringify({ name: 'Ann', password: 'tea at half past 4' }),
  })).json();
  const given = await (await fetch('/api/ice-servers')).json();
  globalThis.given = given.ice_servers;
  const relayOnly = { iceServers: given.ice_servers, iceTransportPolicy: 'relay' };
  // Chromium gives no `relayProtocol` for UDP; the URL names the transport in both cases.
  globalThis.transport = ({ url }) => url?.split('transport=')[1] ?? 'none';
  globalThis.ends = [new RTCPeerConnection(relayOnly), new RTCPeerConnection(relayOnly)];
  globalThis.relays = new Set();
  globalThis.errors = new Set();
  const [near, far] = ends;
  for (const [one, other] of [[near, far], [far, near]]) {
    one.onicecandidate = ({ candidate }) => {
      if (candidate) relays.add(transport(candidate));
      other.addIceCandidate(candidate);
    };
    one.onicecandidateerror = (error) => errors.add(`${error.errorCode} ${transport(error)}`);
  }
  near.createDataChannel('tea');
  await near.setLocalDescription();
  await far.setRemoteDescription(near.localDescription);
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription);
})()";

async fn calls_itself(server: &Server) -> Outcome<Person> {
    let ann = Person::arrives("Ann", &server.url()).await?;
    ann.evaluate(CALL).await?;
    Ok(ann)
}

#[tokio::test]
async fn relay_only_pair_uses_udp_and_tcp() -> Outcome {
    let turn = TurnServer::start(TurnTransports::ByUdpAndTcp).await?;
    let server = Server::start_with(&turn.settings()).await?;
    let ann = calls_itself(&server).await?;
    ann.finds(
        "ends.map((end) => end.connectionState).join()",
        "connected,connected",
    )
    .await?;
    ann.finds("[...relays].sort().join()", "tcp,udp").await?;
    Ok(())
}

#[tokio::test]
async fn udp_is_dropped_when_only_tcp_works() -> Outcome {
    let turn = TurnServer::start(TurnTransports::ByTcp).await?;
    let server = Server::start_with(&turn.settings()).await?;
    let ann = calls_itself(&server).await?;
    ann.finds(
        "ends.map((end) => end.connectionState).join()",
        "connected,connected",
    )
    .await?;
    assert_eq!(ann.evaluate("[...relays].join()").await?, "tcp");
    Ok(())
}

#[tokio::test]
async fn wrong_secret_gives_no_relay_and_kill_no_answer() -> Outcome {
    let mut turn = TurnServer::start(TurnTransports::ByUdpAndTcp).await?;
    let server = Server::start_with(&turn.settings_with("another secret")).await?;
    let ann = calls_itself(&server).await?;
    ann.finds("[...errors].sort().join()", "401 tcp,401 udp").await?;
    assert_eq!(ann.evaluate("relays.size").await?, 0);

    turn.kill9();
    let [address, _] = turn.urls();
    let address = address.trim_start_matches("turn:").split('?').next();
    assert!(TcpStream::connect(address.unwrap_or_default()).is_err());
    Ok(())
}
