//! A real nginx before the server, which serves it under a path of its own host.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::Command;

use crate::program::Program;
use crate::{Outcome, Server};

/// What nginx does with the path when it passes a request on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    /// The server is asked for the whole path.
    Whole,
    /// The server is asked for what follows the base path.
    Stripped,
}

/// A running nginx on a loopback port of its own. Dropping it kills the program and removes its folder.
#[derive(Debug)]
pub struct Nginx {
    _program: Program,
    address: SocketAddr,
}

impl Nginx {
    /// Starts it before a server, which it serves under a path (`/meet/`) alone.
    pub async fn before(server: &Server, path: &str, passed: Passed) -> Outcome<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let mut program = Program::new("nginx")?;
        let target = match passed {
            Passed::Whole => server.url(),
            Passed::Stripped => format!("{}/", server.url()),
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

    /// Scheme, host and port.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// As the README has it, in one process that stays in the foreground.
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
