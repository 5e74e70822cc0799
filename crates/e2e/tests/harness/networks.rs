//! Test networks: what passes through them and what does not, and that nothing is left of them.

use std::net::SocketAddr;
use std::time::Duration;

use e2e::{Namespace, Networks, Outcome, Server, Weather};

/// Enough for three attempts of TCP, at once and after 1 s and 3 s (RFC 6298 §2): the kernel may report a
/// plugged-in cable up to 1 s late, and packets sent before that are lost.
const ATTEMPTS: Duration = Duration::from_secs(6);
/// One attempt is enough to show that packets are dropped.
const ONE_ATTEMPT: Duration = Duration::from_secs(1);

fn connects(network: &Namespace, server: &Server, within: Duration) -> bool {
    let address: Option<SocketAddr> = server.url().trim_start_matches("http://").parse().ok();
    address.is_some_and(|address| network.connect(address, within).is_ok())
}

/// Whether a program in this network reaches the server in the public network.
fn reaches(network: &Namespace, server: &Server) -> bool {
    connects(network, server, ATTEMPTS)
}

fn is_cut_off_from(network: &Namespace, server: &Server) -> bool {
    !connects(network, server, ONE_ATTEMPT)
}

#[tokio::test]
async fn faults_stop_packets_until_they_end() -> Outcome {
    let Some(networks) = Networks::two_homes()? else {
        return Ok(());
    };
    let server = Server::start_within(networks.public(), &[("", ""); 0]).await?;
    let [one, other] = networks.homes();
    assert!(reaches(one.host(), &server) && reaches(other.host(), &server));

    one.has_weather(Weather::Dead)?;
    assert!(is_cut_off_from(one.host(), &server) && reaches(other.host(), &server));
    one.has_weather(Weather::WithoutUdp)?;
    assert!(reaches(one.host(), &server));

    other.is_unplugged()?;
    assert!(is_cut_off_from(other.host(), &server));
    other.is_plugged_in()?;
    assert!(reaches(other.host(), &server));
    other.gets_another_address()?;
    assert!(reaches(other.host(), &server));
    Ok(())
}

#[test]
fn dropped_networks_are_removed() -> Outcome {
    let ours = format!("confab-e2e-{}-", std::process::id());
    let left = || -> usize {
        let names = std::fs::read_dir("/run/netns").into_iter().flatten().flatten();
        names
            .filter(|name| name.file_name().to_string_lossy().starts_with(&ours))
            .count()
    };
    let before = left();
    let Some(networks) = Networks::two_homes()? else {
        return Ok(());
    };
    assert_eq!(left(), before + 5);
    drop(networks);
    assert_eq!(left(), before);
    Ok(())
}
