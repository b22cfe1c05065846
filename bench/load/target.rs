//! Answers: where do the requests go? Plain HTTP to one address, and one path without a query.

use std::{
    net::{SocketAddr, ToSocketAddrs},
    str::FromStr,
};

use oauthprovider::oauth1::Origin;

/// A URL taken apart.
#[derive(Clone)]
pub struct Target {
    /// Where to connect.
    pub address: SocketAddr,
    /// The `Host` header: host and port, as the base string wants them.
    pub authority: String,
    /// The path as it is sent.
    pub path: String,
}

impl Target {
    /// The whole URL.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.authority, self.path)
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(url: &str) -> Result<Self, String> {
        let rest = url.strip_prefix("http://").ok_or("only http:// is spoken")?;
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let path = if path.is_empty() { "/" } else { path };
        if path.contains(['?', '#']) || path.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err("a query, a fragment and blanks are not spoken".to_owned());
        }
        let origin = Origin::parse(&format!("http://{authority}")).map_err(|error| error.to_string())?;
        let authority = origin.authority().to_owned();
        let with_port = if authority.contains(':') { authority.clone() } else { format!("{authority}:80") };
        let address = with_port.to_socket_addrs().map_err(|error| format!("{with_port}: {error}"))?.next();
        Ok(Self { address: address.ok_or("the host has no address")?, authority, path: path.to_owned() })
    }
}
