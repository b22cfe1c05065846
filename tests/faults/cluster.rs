//! A PostgreSQL server of a test's own, which can be stopped, crashed and started again.

use diesel::{Connection, PgConnection, RunQueryDsl, sql_query};

use crate::{
    command::{SmallDisk, script},
    stage::import_forge,
};

/// The server; stopped and removed when this is dropped.
pub struct Cluster {
    folder: String,
    /// The file system that it lives in, if that is one of its own.
    pub disk: Option<SmallDisk>,
    /// The database with the forge in it.
    pub url: String,
}

impl Cluster {
    /// A server that loses nothing of what it committed, with the forge of the stories.
    pub fn start() -> Self {
        Self::start_in(script("postgres", &["folder"]), None)
    }

    /// The same with so many mebibytes for all that it writes.
    pub fn start_on_a_small_disk(mebibytes: usize) -> Self {
        let folder = script("postgres", &["folder"]);
        let disk = SmallDisk::at(&folder, mebibytes);
        Self::start_in(folder, Some(disk))
    }

    fn start_in(folder: String, disk: Option<SmallDisk>) -> Self {
        let server = script("postgres", &["start", &folder, "durable"]);
        let cluster = Self { folder, disk, url: format!("{server}/clients") };
        import_forge(&cluster.url);
        cluster
    }

    /// Stops it in good order: whoever is connected is disconnected.
    pub fn stop(&self) {
        script("postgres", &["stop", &self.folder]);
    }

    /// Ends it in the middle of whatever it does.
    pub fn crash(&self) {
        script("postgres", &["crash", &self.folder]);
    }

    /// Ends every connection to the forge's database. New ones are welcome.
    pub fn cut_connections(&self) {
        let mut connection = PgConnection::establish(&self.url).unwrap();
        let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()";
        sql_query(others).execute(&mut connection).unwrap();
    }

    /// Starts it again where it was. It recovers by itself from a crash.
    pub fn resume(&self) {
        script("postgres", &["resume", &self.folder]);
    }

    /// The same, unless it is still there.
    pub fn resume_if_it_gave_up(&self) {
        if PgConnection::establish(&self.url).is_err() {
            self.crash();
            self.resume();
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        script("postgres", &["stop", &self.folder]);
        self.disk = None;
        script("as-root", &["rm", "-rf", &self.folder]);
    }
}
