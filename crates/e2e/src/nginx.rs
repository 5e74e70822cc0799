//! A real nginx before the server, which serves it under a path of its own host.

use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::patience::Look;
use crate::{Failure, Outcome, Patience, Server};

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
    program: Child,
    address: SocketAddr,
    folder: TempDir,
}

impl Nginx {
    /// Starts it before a server, which it serves under a path (`/meet/`) alone.
    pub async fn before(server: &Server, path: &str, passed: Passed) -> Outcome<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let folder = TempDir::with_prefix("confab-nginx-")?;
        let target = match passed {
            Passed::Whole => server.url(),
            Passed::Stripped => format!("{}/", server.url()),
        };
        let settings = folder.path().join("nginx.conf");
        std::fs::write(&settings, configuration(address, path, &target))?;
        let log = File::create(folder.path().join("log.txt"))?;
        let program = Command::new("nginx")
            .env(
                "PATH",
                std::env::var("PATH").unwrap_or_default() + ":/usr/sbin:/sbin",
            )
            .arg("-p")
            .arg(folder.path())
            .arg("-c")
            .arg(&settings)
            .args(["-e", "stderr"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()?;
        let mut nginx = Self {
            program,
            address,
            folder,
        };
        nginx.gets_ready().await?;
        Ok(nginx)
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    async fn gets_ready(&mut self) -> Outcome {
        let ready = Patience::seconds(20)
            .until(async || {
                if let Ok(Some(status)) = self.program.try_wait() {
                    return Err(self.failure(format!("nginx ended at once: {status}")));
                }
                Ok(match std::net::TcpStream::connect(self.address) {
                    Ok(_) => Look::Found(()),
                    Err(error) => Look::NotYet(error.to_string()),
                })
            })
            .await?;
        ready.map_err(|seen| self.failure(format!("nginx did not get ready: {seen}")))
    }

    fn failure(&self, reason: String) -> Failure {
        let log = std::fs::read_to_string(self.folder.path().join("log.txt"));
        Failure::Server {
            reason,
            log: log.unwrap_or_default().into(),
        }
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Both fail only for a program that has ended already. It has no workers that would stay.
        let _ = self.program.kill();
        let _ = self.program.wait();
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
