//! No room left on the database's disk: 503 while it is full, and afterwards as before, without a restart of ours.

use tempfile::tempdir;

use crate::{
    cluster::Cluster,
    command::SmallDisk,
    patience::{Patience, Sent},
    stage::{import_forge, jenkins_of_alice, serving},
    support::Tool,
};

/// So many answers of a kind show that it is so.
const ENOUGH: usize = 20;

/// Fills the disk under load, until somebody is put off, and gives the room back; `recover` is what the database needs then.
fn fill_and_empty(disk: &SmallDisk, tool: &Tool, recover: impl FnOnce()) -> Sent {
    Patience::asks_while(tool, |patience| {
        patience.until_answered(ENOUGH);
        disk.fill();
        patience.until_put_off(ENOUGH);
        disk.empty();
        recover();
        patience.until_answered(ENOUGH);
    })
}

#[test]
fn sqlite_without_room_is_answered_503_until_there_is_room() {
    let folder = tempdir().unwrap();
    let disk = SmallDisk::at(folder.path().to_str().unwrap(), 16);
    let url = format!("sqlite:{}/forge.db", folder.path().display());
    import_forge(&url);
    let service = serving(&url).serve();
    let tool = jenkins_of_alice(&url, &service, "Reporter");
    let sent = fill_and_empty(&disk, &tool, || {});
    sent.report("SQLite's disk full", &service);
    service.stop().expect(0);
}

#[test]
fn postgres_without_room_is_answered_503_until_there_is_room() {
    let cluster = Cluster::start_on_a_small_disk(160);
    let service = serving(&cluster.url).env("OAUTHPROVIDER_DATABASE_WAIT_SECONDS", "1").serve();
    let tool = jenkins_of_alice(&cluster.url, &service, "Reporter");
    // Without room for its log the server itself gives up, and has to be started again by whoever runs it.
    let sent = fill_and_empty(cluster.disk.as_ref().unwrap(), &tool, || cluster.resume_if_it_gave_up());
    sent.report("PostgreSQL's disk full", &service);
}
