//! Where requests come from: blocks of IP addresses in CIDR notation (RFC 4632, section 3.1; RFC 4291, section 2.3), the
//! proxies among them, and a request's arrival.
//!
//! It says whether an address lies in a block, and nothing about what may be done from there.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use crate::clock::UnixSeconds;

/// When a request came, and from where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The server's clock.
    pub at: UnixSeconds,
    /// The client's address: the peer's, or what a trusted proxy says of its own; none where the transport has none.
    pub from: Option<IpAddr>,
}

impl Arrival {
    /// A request that came at this time from nowhere in particular.
    pub fn at(at: UnixSeconds) -> Self {
        Self { at, from: None }
    }
}

/// The peers whose word about the client's address is believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<AddressBlock>);

impl TrustedProxies {
    /// Believes whoever is in one of these blocks.
    pub fn new(blocks: Vec<AddressBlock>) -> Self {
        Self(blocks)
    }

    /// Whether this peer's word is believed.
    pub fn believe(&self, peer: IpAddr) -> bool {
        self.0.iter().any(|block| block.contains(peer))
    }

    /// Whether there is nobody to believe.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The addresses that share their first bits: `10.0.0.0/8`, `fd00::/8`, or one address alone.
///
/// No bit beyond the prefix is set. IPv4 addresses in IPv6 clothes (`::ffff:10.0.0.1`) count as the IPv4 addresses that
/// they are, in the block and in what is looked up in it; an IPv6 block never holds an IPv4 address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressBlock {
    first: IpAddr,
    prefix: u8,
}

impl AddressBlock {
    /// Whether the address lies in the block.
    pub fn contains(&self, address: IpAddr) -> bool {
        masked(address.to_canonical(), self.prefix) == Some(self.first)
    }
}

impl FromStr for AddressBlock {
    type Err = String;

    /// Reads `ADDRESS` or `ADDRESS/BITS`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is not an IP address or CIDR block, such as 10.0.0.7 or 10.0.0.0/8");
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let width = width(address);
        let prefix = match bits {
            Some(bits) if bits.bytes().all(|digit| digit.is_ascii_digit()) => bits.parse().map_err(|_| wrong())?,
            Some(_) => return Err(wrong()),
            None => width,
        };
        if prefix > width {
            return Err(format!("{text:?} has more than {width} bits before the slash"));
        }
        let first = masked(address, prefix).ok_or_else(wrong)?;
        if first != address {
            return Err(format!("{text:?} has bits set beyond the first {prefix}; did you mean \"{first}/{prefix}\"?"));
        }
        Ok(Self::canonical(first, prefix))
    }
}

impl AddressBlock {
    /// The block as IPv4, where all of its addresses are IPv4 addresses in IPv6 clothes.
    fn canonical(first: IpAddr, prefix: u8) -> Self {
        match (first.to_canonical(), prefix.checked_sub(96)) {
            (IpAddr::V4(mapped), Some(prefix)) if first.is_ipv6() => Self { first: IpAddr::V4(mapped), prefix },
            (_, _) => Self { first, prefix },
        }
    }
}

impl fmt::Display for AddressBlock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.first, self.prefix)
    }
}

/// The first address of what one household or machine is given: of IPv6 a network of 64 bits, in which it chooses its
/// addresses as it likes; of IPv4 the address itself.
pub fn household(address: IpAddr) -> IpAddr {
    let address = address.to_canonical();
    let prefix = if address.is_ipv4() { 32 } else { 64 };
    masked(address, prefix).unwrap_or(address)
}

/// How many bits such an address has.
fn width(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

/// The address with the bits beyond the prefix cleared; none where it has fewer bits than the prefix.
fn masked(address: IpAddr, prefix: u8) -> Option<IpAddr> {
    let cleared = u32::from(width(address).checked_sub(prefix)?);
    Some(match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(cleared).unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from_bits(address.to_bits() & mask))
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(cleared).unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & mask))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{AddressBlock, household};

    fn holds(block: &str, address: &str) -> bool {
        block.parse::<AddressBlock>().unwrap().contains(address.parse().unwrap())
    }

    fn refused(block: &str) -> String {
        block.parse::<AddressBlock>().unwrap_err()
    }

    #[test]
    fn a_block_holds_what_shares_its_first_bits() {
        assert!(holds("10.0.0.0/8", "10.255.255.255") && !holds("10.0.0.0/8", "11.0.0.0"));
        assert!(holds("192.168.4.0/22", "192.168.7.255") && !holds("192.168.4.0/22", "192.168.8.0"));
        assert!(holds("fd00::/8", "fdff::1") && !holds("fd00::/8", "fe00::1"));
        assert!(holds("0.0.0.0/0", "203.0.113.9") && holds("::/0", "2001:db8::1"));
    }

    #[test]
    fn an_address_alone_is_a_block_of_one() {
        assert!(holds("10.0.0.7", "10.0.0.7") && !holds("10.0.0.7", "10.0.0.6"));
        assert!(holds("::1", "::1") && !holds("::1", "::2"));
        assert_eq!("::1".parse::<AddressBlock>().unwrap().to_string(), "::1/128");
    }

    #[test]
    fn an_ipv4_address_in_ipv6_clothes_counts_as_ipv4() {
        assert!(holds("10.0.0.0/8", "::ffff:10.1.2.3"));
        assert!(holds("::ffff:10.0.0.0/104", "10.1.2.3") && !holds("::ffff:10.0.0.0/104", "11.1.2.3"));
        assert!(!holds("::/0", "::ffff:10.1.2.3") && !holds("::/0", "10.1.2.3") && !holds("0.0.0.0/0", "::1"));
    }

    #[test]
    fn a_household_is_one_ipv4_address_or_64_bits_of_ipv6() {
        let of = |address: &str| household(address.parse().unwrap()).to_string();
        assert_eq!(of("203.0.113.9"), "203.0.113.9");
        assert_eq!(of("::ffff:203.0.113.9"), "203.0.113.9");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }

    #[test]
    fn a_mistake_is_refused_and_where_possible_corrected() {
        assert!(refused("10.0.0.1/8").ends_with("did you mean \"10.0.0.0/8\"?"));
        assert!(refused("10.0.0.0/33").contains("more than 32 bits"));
        for text in ["", "proxy.example.org", "10.0.0.0/", "10.0.0.0/+8", "10.0.0.0/8/8", "10.0.0/8", "10.0.0.0/999"] {
            assert!(refused(text).contains("is not an IP address or CIDR block"), "{text}");
        }
    }
}
