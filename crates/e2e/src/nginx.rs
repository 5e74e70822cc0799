//! A real nginx in front of the server, which it serves under a base path.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::Command;

use crate::program::Program;
use crate::{Outcome, Server};

/// What nginx does with the path of a request that it forwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathForwarding {
    /// Forwards the whole path.
    Whole,
    /// Forwards only what follows the base path.
    Stripped,
}

/// A running nginx on its own loopback port. Dropping it kills the program and removes its folder.
#[derive(Debug)]
pub struct Nginx {
    _program: Program,
    address: SocketAddr,
}

impl Nginx {
    /// Starts nginx in front of a server, which it serves only under this path (`/meet/`).
    pub async fn before(server: &Server, path: &str, passed: PathForwarding) -> Outcome<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let mut program = Program::new("nginx")?;
        let target = match passed {
            PathForwarding::Whole => server.url(),
            PathForwarding::Stripped => format!("{}/", server.url()),
        };
        let settings = program.folder().join("nginx.conf");
        std::fs::write(&settings, configuration(address, path, &target))?;
        let mut nginx = Command::new("nginx");
        nginx
            .env(
                "PATH",
                std::env::var("PATH").unwrap_or_default() + ":/usr/sbin:/sbin",
            )
            .arg("-p")
            .arg(program.folder())
            .arg("-c")
            .arg(&settings)
            .args(["-e", "stderr"]);
        program.start(&mut nginx, "run scripts/setup.sh test")?;
        let ask = || match TcpStream::connect(address) {
            Ok(_) => Ok(()),
            Err(error) => Err(error.to_string()),
        };
        program.answers(ask).await?;
        Ok(Self {
            _program: program,
            address,
        })
    }

    /// Its origin: scheme, host and port.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// The README's configuration, in one process that stays in the foreground.
fn configuration(address: SocketAddr, path: &str, target: &str) -> String {
    format!(
        "daemon off;
        master_process off;
        pid id;
        events {{}}
        http {{
            access_log off;
            client_body_temp_path body;
            proxy_temp_path proxy;
            fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi;
            scgi_temp_path scgi;
            server {{
                listen {address};
                location {path} {{
                    proxy_pass {target};
                    proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection \"upgrade\";
                    proxy_set_header Host $http_host;
                    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                    proxy_read_timeout 60s;
                }}
            }}
        }}
        "
    )
}
