//! Who acts, through which tool, under which role: as answers to signed requests say it.

use serde::Serialize;

use crate::{
    forge::{Acting, Caller},
    ids::{RoleId, UserId},
};

/// The tool.
#[derive(Serialize)]
pub struct Consumer<'a> {
    name: &'a str,
    key: &'a str,
}

/// Its user.
#[derive(Serialize)]
pub struct User<'a> {
    id: UserId,
    name: &'a str,
    realname: &'a str,
}

/// The one role.
#[derive(Serialize)]
pub struct Role<'a> {
    id: RoleId,
    name: &'a str,
    project: Option<&'a str>,
}

/// The three of somebody who acts through a tool; nothing of somebody at a page.
pub fn parties(caller: &Caller) -> Option<(Consumer<'_>, User<'_>, Role<'_>)> {
    let Acting::AsRole { id, name, project, through } = caller.acting() else { return None };
    let user = caller.user();
    Some((
        Consumer { name: &through.name, key: &through.key },
        User { id: user.id, name: &user.name, realname: &user.realname },
        Role { id: *id, name, project: project.as_deref() },
    ))
}
