//! A queue of jobs for one database, processed by one thread.
//!
//! Jobs run in the order of submission. Jobs that wait together share one transaction and one commit, and their
//! callbacks run after that commit, in the same order.
//!
//! The queue is bounded: submitting to a full one fails at once with [`StoreError::Busy`].

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use rusqlite::Connection;
use tokio::sync::{oneshot, watch};

use super::StoreError;
use crate::limits::{STORE_BATCH, STORE_QUEUE};

/// The callback of a job. It gets the error if the commit failed.
type Then = Box<dyn FnOnce(Option<StoreError>) + Send>;
/// A job. If it is passed an error, it does nothing, and hands the error to its callback.
type Job = Box<dyn FnOnce(Result<&Connection, StoreError>) -> Then + Send>;

/// A handle to the queue of one database. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Queue {
    jobs: SyncSender<Message>,
    /// Nothing is ever sent: the other end lives as long as the thread.
    alive: watch::Receiver<()>,
}

enum Message {
    Job(Job),
    Stop(oneshot::Sender<()>),
}

impl Queue {
    /// Starts a thread with this name for a database. `kept` is dropped after the database is closed.
    pub fn start<T: Send + 'static>(name: &str, connection: Connection, kept: T) -> io::Result<Self> {
        let (jobs, queue) = sync_channel(STORE_QUEUE);
        let (living, alive) = watch::channel(());
        let thread = std::thread::Builder::new().name(name.to_owned());
        thread.spawn(move || {
            let _living = living;
            let stopped = work(&connection, &queue);
            drop(connection);
            drop(kept);
            if let Some(tell) = stopped {
                let _ = tell.send(());
            }
        })?;
        Ok(Self { jobs, alive })
    }

    /// Submits a job. `then` is called on the thread after the commit, and must not block.
    pub fn submit<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
        then: impl FnOnce(Result<T, StoreError>) + Send + 'static,
    ) -> Result<(), StoreError> {
        let job = move |ready: Result<&Connection, StoreError>| -> Then {
            let done = ready.and_then(|connection| whole(connection, job).map_err(StoreError::from));
            Box::new(move |failed: Option<StoreError>| then(failed.map_or(done, Err)))
        };
        self.jobs
            .try_send(Message::Job(Box::new(job)))
            .map_err(|error| match error {
                TrySendError::Full(_) => StoreError::Busy,
                TrySendError::Disconnected(_) => StoreError::Stopped,
            })
    }

    /// Submits a job and waits for its result.
    pub async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (tell, told) = oneshot::channel();
        self.submit(job, move |result| {
            // Fails if the request was cancelled; the job is done all the same.
            let _ = tell.send(result);
        })?;
        told.await.unwrap_or(Err(StoreError::Stopped))
    }

    /// Submits a job and blocks until it is done, so only for startup.
    pub fn wait_for<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (tell, told) = sync_channel(1);
        self.submit(job, move |result| {
            let _ = tell.send(result);
        })?;
        told.recv().unwrap_or(Err(StoreError::Stopped))
    }

    /// Checks that the database still accepts writes.
    pub async fn check(&self) -> Result<(), StoreError> {
        self.run(|connection| connection.query_row("SELECT 1", [], |_| Ok(())))
            .await
    }

    /// Waits until the thread has ended, for whatever reason.
    pub async fn ended(&self) {
        while self.alive.clone().changed().await.is_ok() {}
    }

    /// Finishes all submitted jobs, then closes the database.
    pub async fn stop(&self) {
        let (tell, told) = oneshot::channel();
        let jobs = self.jobs.clone();
        // Blocks while the queue is full, so off the async threads.
        let _ = tokio::task::spawn_blocking(move || jobs.send(Message::Stop(tell))).await;
        let _ = told.await;
    }
}

/// Runs jobs until asked to stop, or until no handle is left. Returns where to report the stop.
fn work(connection: &Connection, queue: &Receiver<Message>) -> Option<oneshot::Sender<()>> {
    while let Ok(first) = queue.recv() {
        let mut batch = Vec::new();
        let mut stop = None;
        for message in std::iter::once(first).chain(std::iter::from_fn(|| queue.try_recv().ok())) {
            match message {
                Message::Job(job) => batch.push(job),
                Message::Stop(tell) => stop = Some(tell),
            }
            if stop.is_some() || batch.len() == STORE_BATCH {
                break;
            }
        }
        work_off(connection, batch);
        if stop.is_some() {
            return stop;
        }
    }
    None
}

/// Runs jobs in one transaction, and their callbacks once that is on disk.
fn work_off(connection: &Connection, batch: Vec<Job>) {
    let begun = connection
        .execute_batch("BEGIN IMMEDIATE")
        .map_err(StoreError::from);
    // A full disk, among others, makes SQLite roll the transaction back by itself; a later job would run
    // outside it.
    let ready = || match &begun {
        Err(error) => Err(error.clone()),
        Ok(()) if connection.is_autocommit() => Err(rolled_back()),
        Ok(()) => Ok(connection),
    };
    let follow: Vec<Then> = batch.into_iter().map(|job| job(ready())).collect();
    let committed = ready().and_then(|connection| Ok(connection.execute_batch("COMMIT")?));
    let failed = committed.err().inspect(|error| {
        tracing::error!(%error, "a transaction failed");
        if !connection.is_autocommit() {
            let _ = connection.execute_batch("ROLLBACK");
        }
    });
    for then in follow {
        then(failed.clone());
    }
}

/// Runs a job completely, or not at all if it fails.
fn whole<T>(
    connection: &Connection,
    job: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    connection.execute_batch("SAVEPOINT job")?;
    let done = job(connection);
    if connection.is_autocommit() {
        // The whole transaction is gone, and the savepoint with it.
        return done;
    }
    if done.is_err() {
        connection.execute_batch("ROLLBACK TO job")?;
    }
    connection.execute_batch("RELEASE job")?;
    done
}

fn rolled_back() -> StoreError {
    StoreError::Database("the transaction was rolled back".to_owned())
}
