//! SIGKILL at random moments, under load.

use std::{thread, time::Duration};

use crate::{
    books::{self, LOSSES, Losses},
    figures::Figures,
    stage::{Stage, alice},
    support::on_each_database,
    work::{Done, Workers},
};

/// The moment at which it is killed, in milliseconds of work.
const MOMENTS: std::ops::Range<u64> = 20..400;

/// How often: `FAULT_KILLS`, or else 50 times.
fn kills() -> usize {
    std::env::var("FAULT_KILLS").map_or(50, |text| text.parse().expect("FAULT_KILLS is a number"))
}

on_each_database! {
    /// No accepted nonce is accepted again, no answered token is lost, no verifier gives two tokens, no row is half made.
    fn the_program_is_killed_at_random_moments_and_its_books_hold(kind: Database) {
        let stage = Stage::on(kind);
        let mut service = stage.serve();
        let workers = Workers::new(stage.jenkins_of_alice(&service, "Reporter"), alice(&service));
        let (mut all, mut losses) = (Done::default(), Losses::default());
        for _ in 0..kills() {
            let done = workers.at(&service.base).work_while(|| {
                thread::sleep(Duration::from_millis(fastrand::u64(MOMENTS)));
                service.kill();
            });
            service = stage.serve();
            losses.add(&books::look(&done, &workers.tool, &service));
            losses.add(&books::look_at_rows(&stage.database, 1));
            all = all.and(done);
        }
        // Not only the last start knows.
        losses.accepted_again += books::accepted_again(&all.accepted, &service);
        Figures::of(format!("Killed under load, on {kind:?}"))
            .add("kills, and as many restarts", kills())
            .add("requests answered before a kill", all.answered())
            .add("requests that a kill left without an answer", all.unanswered())
            .add("verifiers exchanged for tokens", all.exchanged.len())
            .add("tokens given back", all.given_back.len())
            .add(LOSSES, losses.line())
            .print();
        assert_eq!(losses, Losses::default());
        // Of what nobody did nothing can be lost. The first few kills may all come before a dance is over.
        assert!(all.answered() > 0, "nothing was answered before a kill");
        assert!(kills() < 10 || !all.exchanged.is_empty(), "no verifier was exchanged before a kill");
        assert!(kills() < 10 || !all.given_back.is_empty(), "no token was given back before a kill");
    }
}
