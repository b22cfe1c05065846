//! The addresses of the embedded forge: its users, its projects, and roles, which belong to a project or to the whole forge.

use actix_web::web::{self, ServiceConfig};

use super::{
    super::people::{account, project_tokens, projects, roles, users},
    changing, post_only, read_only, reading, with_form,
};

/// All of them, inside of the scope for people at a browser.
pub(super) fn for_the_forge(services: &mut ServiceConfig) {
    for_users(services);
    for_projects(services);
    for base in ["/roles", "/projects/{project}/roles"] {
        for_roles(services, base);
    }
}

fn for_users(services: &mut ServiceConfig) {
    services
        .service(with_form(web::resource("/users")).route(reading().to(users::list)).route(changing(users::add)))
        .service(read_only("/new-user", users::form))
        .service(read_only("/users/{user}", users::show))
        .service(post_only("/users/{user}/profile", changing(account::set_profile)))
        .service(post_only("/users/{user}/password", changing(account::set_password)))
        .service(
            with_form(web::resource("/users/{user}/plugin"))
                .route(reading().to(account::ask_plugin))
                .route(changing(account::set_plugin)),
        )
        .service(
            with_form(web::resource("/users/{user}/status"))
                .route(reading().to(account::ask_status))
                .route(changing(account::set_status)),
        );
}

fn for_projects(services: &mut ServiceConfig) {
    services
        .service(
            with_form(web::resource("/projects")).route(reading().to(projects::list)).route(changing(projects::add)),
        )
        .service(read_only("/new-project", projects::form))
        .service(read_only("/projects/{project}", projects::show))
        .service(post_only("/projects/{project}/title", changing(projects::set_title)))
        .service(post_only("/projects/{project}/trackers", changing(projects::add_tracker)))
        .service(
            with_form(web::resource("/projects/{project}/plugin"))
                .route(reading().to(projects::ask_plugin))
                .route(changing(projects::set_plugin)),
        )
        .service(
            with_form(web::resource("/projects/{project}/status"))
                .route(reading().to(projects::ask_status))
                .route(changing(projects::set_status)),
        )
        .service(read_only("/projects/{project}/tokens", project_tokens::list))
        .service(post_only("/projects/{project}/tokens/{id}/revoke", changing(project_tokens::revoke)));
}

fn for_roles(services: &mut ServiceConfig, base: &str) {
    services
        .service(with_form(web::resource(base)).route(reading().to(roles::matrix)).route(changing(roles::add)))
        .service(read_only(&format!("{base}/new"), roles::form))
        .service(
            with_form(web::resource(format!("{base}/{{role}}")))
                .route(reading().to(roles::show))
                .route(changing(roles::save)),
        )
        .service(
            with_form(web::resource(format!("{base}/{{role}}/remove")))
                .route(reading().to(roles::ask_remove))
                .route(changing(roles::remove)),
        )
        .service(post_only(&format!("{base}/{{role}}/members"), changing(roles::give)))
        .service(
            with_form(web::resource(format!("{base}/{{role}}/members/{{user}}/remove")))
                .route(reading().to(roles::ask_take))
                .route(changing(roles::take)),
        );
}
