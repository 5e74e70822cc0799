//! A contender: how its server is started and its page used, from two files in `contenders/`.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

use e2e::{Program, Server};
use serde::Deserialize;

use crate::error::BenchError;

/// The placeholder of a contender of which several programs can be compared.
const PROGRAM: &str = "{program}";

/// `NAME.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Description {
    label: String,
    command: Vec<String>,
    #[serde(default)]
    environment: BTreeMap<String, String>,
    path: String,
}

/// A video room that is measured.
#[derive(Clone, Debug)]
pub struct Contender {
    /// Its name in the results.
    pub label: String,
    /// Path of its page.
    pub path: String,
    /// How a script uses its page: `NAME.js`.
    pub script: String,
    /// The program of Confab's server, if it is that.
    pub program: Option<PathBuf>,
    command: Vec<String>,
    environment: BTreeMap<String, String>,
}

impl Contender {
    /// Reads contenders by name. One that has a program is there once for each of `programs`.
    pub fn all(names: &[String], programs: &[(String, PathBuf)]) -> Result<Vec<Self>, BenchError> {
        let mut all = Vec::new();
        for name in names {
            let contender = Self::read(name)?;
            if !contender.command.iter().any(|word| word.contains(PROGRAM)) {
                all.push(contender);
            } else if programs.is_empty() {
                let program = Some(Server::program().canonicalize()?);
                all.push(Self { program, ..contender });
            } else {
                all.extend(programs.iter().map(|(label, program)| Self {
                    label: label.clone(),
                    program: Some(program.clone()),
                    ..contender.clone()
                }));
            }
        }
        Ok(all)
    }

    fn read(name: &str) -> Result<Self, BenchError> {
        let file = folder().join(format!("{name}.toml"));
        let named =
            |error: std::io::Error| std::io::Error::new(error.kind(), format!("contender {name}: {error}"));
        let text = std::fs::read_to_string(&file).map_err(named)?;
        let description: Description = toml::from_str(&text).map_err(|source| BenchError::Description {
            file: file.display().to_string(),
            source,
        })?;
        Ok(Self {
            label: description.label,
            path: description.path,
            script: std::fs::read_to_string(file.with_extension("js")).map_err(named)?,
            program: None,
            command: description.command,
            environment: description.environment,
        })
    }

    /// Starts its server, with an empty folder, on a free port.
    pub async fn start(&self) -> Result<Running<'_>, BenchError> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let mut running = Running {
            contender: self,
            program: Program::new("the contender's server")?,
            port,
        };
        running.start().await?;
        Ok(running)
    }
}

/// The folder of all contenders.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("contenders")
}

/// A contender whose server runs. Dropping it kills the server.
pub struct Running<'a> {
    pub contender: &'a Contender,
    program: Program,
    port: u16,
}

impl Running<'_> {
    /// Origin of its page.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Kills its server with SIGKILL.
    pub fn kill(&mut self) {
        self.program.kill9();
    }

    /// Starts its server, with what the folder contains, on the same port; returns when it can be reached.
    pub async fn start(&mut self) -> Result<(), BenchError> {
        let bench = std::env::current_exe()?;
        let program = self.contender.program.clone().unwrap_or_default();
        let port = self.port.to_string();
        let values = [
            ("{bench}", bench.to_string_lossy()),
            (PROGRAM, program.to_string_lossy()),
            ("{port}", port.into()),
            ("{folder}", self.program.folder().to_string_lossy()),
            ("{contenders}", folder().to_string_lossy().into_owned().into()),
        ];
        let filled = |text: &String| {
            let text = text.clone();
            values
                .iter()
                .fold(text, |text, (name, value)| text.replace(name, value))
        };
        let words: Vec<String> = self.contender.command.iter().map(filled).collect();
        let (first, others) = words
            .split_first()
            .ok_or_else(|| BenchError::Answer("the contender has no command".to_owned()))?;
        let mut command = Command::new(first);
        command.args(others);
        let environment = &self.contender.environment;
        command.envs(environment.iter().map(|(name, value)| (name, filled(value))));
        self.program.start(&mut command, "run make build")?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let reachable = || {
            TcpStream::connect(address)
                .map(drop)
                .map_err(|error| error.to_string())
        };
        self.program.answers(reachable).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_contenders_are_readable() {
        let programs = ["before", "after"].map(|label| (label.to_owned(), PathBuf::from(label)));
        let names = ["floor", "confab"].map(str::to_owned);
        let all = Contender::all(&names, &programs).unwrap();
        let labels: Vec<_> = all.iter().map(|contender| contender.label.as_str()).collect();
        assert_eq!(labels, ["floor", "before", "after"]);
        assert!(Contender::all(&["none".to_owned()], &[]).is_err());
    }
}
