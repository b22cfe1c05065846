//! A service of your own that lets in what this provider's tokens let in: it opens the same database, verifies the
//! signature by itself, and asks for a right of the token's one role.
//!
//! ```text
//! cargo run --example protect_your_own -- sqlite:oauthprovider.db 127.0.0.1:8081
//! oauthprovider client call POST http://127.0.0.1:8081/deploy/project-a/bugs --json '{"build": 7}' …
//! ```
//!
//! Consumers sign for the address that it prints. Behind a proxy put the public URL there instead.

use std::{error::Error, net::TcpListener, time::Duration};

use actix_web::{
    App, HttpResponse, HttpServer,
    web::{self, Bytes, Data, Path},
};
use oauthprovider::{
    config::{Config, Flags},
    forge::{Caller, Object, Right, TrackerRight, may},
    store::{self, Store},
    web::{Failure, PublicUrls, auth::OauthProvider, session_for_authplugin},
};

/// `POST /deploy/{project}/{tracker}`: for technicians. That there is a `Caller` says that the request was good.
async fn deploy(
    caller: Caller,
    store: Data<Store>,
    path: Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let (project, name) = path.into_inner();
    let found = store.run(move |conn| store::trackers::by_name(conn, &project, &name)).await?;
    let tracker = found.ok_or(Failure::NotFound)?;
    // What the role cannot read is not there; what it can read and not do is refused.
    if !may(&caller, Right::Tracker(TrackerRight::Read), Object::Tracker(&tracker)) {
        return Err(Failure::NotFound);
    }
    if !may(&caller, Right::Tracker(TrackerRight::Tech), Object::Tracker(&tracker)) {
        return Err(Failure::Forbidden("Only a technician deploys."));
    }
    let (user, bytes) = (&caller.user().name, body.len());
    Ok(HttpResponse::Ok().body(format!("{user} deploys {bytes} bytes: {}", String::from_utf8_lossy(&body))))
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(database), Some(listen)) = (arguments.next(), arguments.next()) else {
        return Err("usage: protect_your_own DATABASE_URL ADDRESS:PORT".into());
    };
    // The server key is where the service has it: beside the embedded database, or where the environment says.
    let flags = Flags { database_url: Some(database), ..Flags::default() };
    let database = Config::load(&flags, std::env::vars_os())?.database;
    let store = Store::open(database.url.clone(), database.keys(), 8, Duration::from_secs(3))?;
    let listener = TcpListener::bind(listen)?;
    let here = format!("http://{}", listener.local_addr()?);
    // What is not signed is refused here, before any handler.
    let plugin = OauthProvider::new(store.clone(), PublicUrls::parse([here.as_str()])?, "deployments");
    let server = HttpServer::new(move || {
        App::new().app_data(Data::new(store.clone())).service(
            web::scope("/deploy")
                .wrap(session_for_authplugin(plugin.clone()))
                .route("/{project}/{tracker}", web::post().to(deploy)),
        )
    });
    let running = server.workers(2).listen(listener)?.run();
    println!("listening on {here}");
    running.await?;
    Ok(())
}
