//! Roles as cards: what each lets a tool do and what it does not, as data for the words on the pages.

use super::pages::content::{Lack, OfferedRoles, RoleCard, TrackerCard};
use crate::{
    forge::{InTracker, Need, Powers, ProjectRight, TrackerRight},
    ids::RoleId,
    provider::Offer,
};

/// How many roles a page shows.
const MOST_ROLES: usize = 30;
/// In how many trackers a card tells what the role may do, and of how many it tells that the role cannot see them.
const MOST_TRACKERS: usize = 5;

/// The rights that a card speaks of where a role has not got them.
const TELLING: [TrackerRight; 3] = [TrackerRight::Submit, TrackerRight::Tech, TrackerRight::Manager];

/// One page of the roles that are offered: from one on, or else the one with what was chosen before. Chosen beforehand is that,
/// or the only one that can be. `at` is the address of the page from a role on.
pub(super) fn page(
    offers: Vec<Offer>,
    chosen: Option<RoleId>,
    from: Option<usize>,
    at: impl Fn(usize) -> String,
) -> OfferedRoles {
    let will_do: Vec<RoleId> = offers.iter().filter(|one| one.lacks.is_empty()).map(|one| one.role.id).collect();
    let chosen = match (chosen, &will_do[..]) {
        (Some(chosen), _) => Some(chosen),
        (None, [only]) => Some(*only),
        (None, _) => None,
    };
    let of_chosen = || offers.iter().position(|one| Some(one.role.id) == chosen).map(|at| at - at % MOST_ROLES);
    let from = from.or_else(of_chosen).filter(|from| *from < offers.len()).unwrap_or(0);
    let end = from + MOST_ROLES;
    let all = offers.len();
    let here: Vec<Offer> = offers.into_iter().skip(from).take(MOST_ROLES).collect();
    OfferedRoles {
        all,
        from,
        any_will_do: !will_do.is_empty(),
        any_here: here.iter().any(|one| one.lacks.is_empty()),
        before: if from > 0 { at(from.saturating_sub(MOST_ROLES)) } else { String::new() },
        after: if end < all { at(end) } else { String::new() },
        cards: here.into_iter().map(|offer| card(offer, chosen)).collect(),
    }
}

fn card(Offer { role, rights, lacks }: Offer, chosen: Option<RoleId>) -> RoleCard {
    let Powers { runs_the_forge, project, trackers } = rights;
    let (mut seen, unseen): (Vec<InTracker>, Vec<InTracker>) = trackers.into_iter().partition(|one| one.bits != 0);
    // A stable sort: where it may do as much, the order of the trackers stays.
    seen.sort_by_key(|one| std::cmp::Reverse(one.bits.count_ones()));
    let (project_name, project_title) = role.project.map(|(_, name, title)| (name, title)).unzip();
    RoleCard {
        id: role.id.0,
        role: role.name,
        project_title,
        project_name,
        runs_the_forge,
        project: match project {
            ProjectRight::None => "none",
            ProjectRight::Read => "read",
            ProjectRight::Admin => "admin",
        },
        further: seen.len().saturating_sub(MOST_TRACKERS),
        trackers: seen.into_iter().take(MOST_TRACKERS).map(tracker_card).collect(),
        hidden: unseen.into_iter().take(MOST_TRACKERS).map(|one| one.title).collect(),
        chosen: lacks.is_empty() && chosen == Some(role.id),
        lacks: lacks.into_iter().map(needed).collect(),
    }
}

fn tracker_card(InTracker { title, bits }: InTracker) -> TrackerCard {
    let lacks = TELLING.into_iter().filter(|right| bits & right.bit() == 0);
    TrackerCard {
        title,
        may: TrackerRight::all_in(bits).map(TrackerRight::word).collect(),
        may_not: lacks.map(TrackerRight::word).collect(),
    }
}

/// One thing that a tool needs, as data for the words on the pages.
pub(super) fn needed(need: Need) -> Lack {
    let (what, rights) = match need {
        Need::Tracker(rights) => ("tracker", rights),
        Need::ProjectRead => ("project-read", Vec::new()),
        Need::ProjectAdmin => ("project-admin", Vec::new()),
        Need::ForgeAdmin => ("forge-admin", Vec::new()),
    };
    Lack { what, rights: rights.into_iter().map(TrackerRight::word).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::roles::Role;

    fn offer(id: i64, lacks: Vec<Need>) -> Offer {
        let trackers = [("Bugs", 9), ("Security", 0), ("Ideas", 15)];
        let trackers = trackers.map(|(title, bits)| InTracker { title: title.to_owned(), bits }).into();
        Offer {
            role: Role { id: RoleId(id), name: "Reporter".to_owned(), project: None },
            rights: Powers { runs_the_forge: false, project: ProjectRight::Read, trackers },
            lacks,
        }
    }

    fn of(offers: Vec<Offer>, from: usize) -> OfferedRoles {
        page(offers, None, Some(from), |from| from.to_string())
    }

    #[test]
    fn a_card_tells_what_the_role_may_do_and_what_it_may_not() {
        let roles = of(vec![offer(1, Vec::new())], 0);
        let told: Vec<_> = roles.cards[0]
            .trackers
            .iter()
            .map(|one| (one.title.as_str(), one.may.clone(), one.may_not.clone()))
            .collect();
        let expected = [
            ("Ideas", vec!["read", "tech", "manager", "submit"], vec![]),
            ("Bugs", vec!["read", "submit"], vec!["tech", "manager"]),
        ];
        assert_eq!(told, expected);
        assert_eq!(roles.cards[0].hidden, ["Security"]);
    }

    #[test]
    fn what_can_only_be_chosen_is_chosen_and_nothing_else_is() {
        let chosen =
            |roles: OfferedRoles| roles.cards.iter().filter(|card| card.chosen).map(|card| card.id).collect::<Vec<_>>();
        let too_small = |id: i64| offer(id, vec![Need::ProjectAdmin]);
        assert_eq!(chosen(of(vec![offer(1, Vec::new())], 0)), [1]);
        assert_eq!(chosen(of(vec![too_small(1), offer(2, Vec::new()), too_small(3)], 0)), [2]);
        assert_eq!(chosen(of(vec![offer(1, Vec::new()), offer(2, Vec::new())], 0)), [0; 0]);
        assert_eq!(chosen(of(vec![too_small(1)], 0)), [0; 0]);
        assert!(!of(vec![too_small(1)], 0).any_will_do);
        let big_enough = (1..=30).map(|id| offer(id, Vec::new()));
        let more = |from: usize| of(big_enough.clone().chain([too_small(31)]).collect(), from);
        assert!(
            more(0).any_here && more(30).any_will_do && !more(30).any_here,
            "there is nothing to choose on page two"
        );
        let again = page(vec![offer(1, Vec::new()), offer(2, Vec::new())], Some(RoleId(2)), None, |_| String::new());
        assert_eq!(chosen(again), [2]);
    }

    #[test]
    fn very_many_roles_are_shown_page_by_page() {
        let many = || (1..=70).map(|id| offer(id, Vec::new())).collect::<Vec<_>>();
        let told = |from: usize| {
            let roles = of(many(), from);
            (roles.cards.len(), roles.before, roles.after)
        };
        assert_eq!(told(0), (30, String::new(), "30".to_owned()));
        assert_eq!(told(30), (30, "0".to_owned(), "60".to_owned()));
        assert_eq!(told(60), (10, "30".to_owned(), String::new()));
        assert_eq!(told(99), told(0));
        let again = page(many(), Some(RoleId(65)), None, |from| from.to_string());
        assert_eq!((again.cards.len(), again.before.as_str(), again.all), (10, "30", 70));
        assert!(again.cards.iter().any(|card| card.chosen), "what was chosen before is shown again");
    }
}
