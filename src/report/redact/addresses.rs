//! Addresses that begin alike stay alike.
//!
//! Each bit is flipped or not by a digest of the seed and the bits before it: a random binary tree that need not be
//! kept. Whoever has no seed cannot tell it from a coin; the seed is thrown away.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use sha2::{Digest, Sha256};

/// True for addresses that name nobody: none, masks, loopback, multicast, broadcast.
pub(super) fn says_nothing(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let bits = u32::from(address);
            address.is_loopback() || address.is_multicast() || is_mask(bits) || is_mask(!bits)
        }
        IpAddr::V6(address) => address.is_loopback() || address.is_multicast() || address.is_unspecified(),
    }
}

/// Ones, then zeros: `255.255.255.0`; `0.0.0.0` and `255.255.255.255` as well.
fn is_mask(bits: u32) -> bool {
    bits.leading_ones() + bits.trailing_zeros() >= 32
}

/// The other address.
pub(super) fn other(address: IpAddr, seed: &[u8; 32]) -> IpAddr {
    match address {
        IpAddr::V4(address) => {
            let bits = permuted(u128::from(u32::from(address)) << 96, 32, seed);
            IpAddr::V4(Ipv4Addr::from(u32::try_from(bits >> 96).unwrap_or_default()))
        }
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from(permuted(u128::from(address), 128, seed))),
    }
}

/// The first `width` bits of `bits`, each flipped by what stands before it.
fn permuted(bits: u128, width: u32, seed: &[u8; 32]) -> u128 {
    let mut result = 0_u128;
    for place in 0..width {
        let before = if place == 0 { 0 } else { bits >> (128 - place) << (128 - place) };
        let mut digest = Sha256::new();
        digest.update(seed);
        digest.update([u8::try_from(width).unwrap_or(u8::MAX), u8::try_from(place).unwrap_or(u8::MAX)]);
        digest.update(before.to_be_bytes());
        let flips = digest.finalize().first().is_some_and(|byte| byte & 1 == 1);
        let bit = (bits >> (127 - place)) & 1;
        result |= (bit ^ u128::from(flips)) << (127 - place);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits(address: u128, width: u32, seed: u8) -> u128 {
        let address = if width == 32 {
            IpAddr::V4(Ipv4Addr::from(u32::try_from(address >> 96).unwrap()))
        } else {
            IpAddr::V6(Ipv6Addr::from(address))
        };
        match other(address, &[seed; 32]) {
            IpAddr::V4(address) => u128::from(u32::from(address)) << 96,
            IpAddr::V6(address) => u128::from(address),
        }
    }

    #[test]
    fn equal_beginnings_stay_equal_and_no_longer() {
        let mut state = 88_172_645_463_325_252_u64;
        let mut random = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        let mut same = 0;
        for (width, pairs) in [(32, 2000), (128, 300)] {
            for _ in 0..pairs {
                let one =
                    (u128::from(random()) << 64 | u128::from(random())) >> (128 - width) << (128 - width);
                let length = u32::try_from(random() % u64::from(width)).unwrap();
                // Alike in `length` bits, and anything after the first that differs.
                let rest = u128::from(random()) << 64 | u128::from(random());
                let two = one ^ (1 << (127 - length)) ^ (rest >> (length + 1).min(127));
                let two = two >> (128 - width) << (128 - width);
                let shared = (bits(one, width, 7) ^ bits(two, width, 7)).leading_zeros();
                assert_eq!(shared, (one ^ two).leading_zeros(), "{one:x} {two:x}");
                same += usize::from(bits(one, width, 7) == bits(one, width, 8));
            }
        }
        assert!(same < 3, "another seed makes other addresses: {same}");
    }

    #[test]
    fn what_names_nobody_is_told_apart() {
        for text in ["0.0.0.0", "255.255.255.0", "0.0.0.255", "127.0.0.1", "224.0.0.1", "::1", "ff02::1"] {
            assert!(says_nothing(text.parse().unwrap()), "{text}");
        }
        for text in ["192.0.2.1", "10.0.0.1", "2001:db8::1"] {
            assert!(!says_nothing(text.parse().unwrap()), "{text}");
        }
    }
}
