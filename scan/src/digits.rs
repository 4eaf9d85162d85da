//! Digits, eight bytes at a time.

/// The number in `-302013:`: six digits between two bytes.
#[inline]
pub fn six_between(bytes: [u8; 8], before: u8, behind: u8) -> Option<u32> {
    let plain = u64::from_le_bytes([before, b'0', b'0', b'0', b'0', b'0', b'0', behind]);
    // The values of the digits, and nothing at both ends.
    let values = u64::from_le_bytes(bytes) ^ plain;
    if (values | above_nine(values)) & !each(0x0f) != 0 || values & 0xff00_0000_0000_00ff != 0 {
        return None;
    }
    // Two digits in each second byte, then four in each fourth.
    let values = values << 8;
    let pairs = (values.wrapping_mul(10) + (values >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(100) + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    u32::try_from((fours.wrapping_mul(10_000) + (fours >> 32)) & 0xffff_ffff).ok()
}

/// The bit of sixteen in each byte whose lower half is above nine.
#[inline]
pub fn above_nine(digits: u64) -> u64 {
    ((digits & each(0x0f)) + each(6)) & each(0x10)
}

/// The same byte eight times.
pub const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits_are_a_number_and_nothing_else_is() {
        for number in [0, 9, 10, 90, 302_013, 725_006, 999_999] {
            let text: [u8; 8] = format!("-{number:06}:").into_bytes().try_into().unwrap_or_default();
            assert_eq!(six_between(text, b'-', b':'), Some(number));
            for at in 0..8 {
                for byte in 0..=255 {
                    let mut other = text;
                    other[at] = byte;
                    let digit = (1..7).contains(&at) && byte.is_ascii_digit();
                    let is_number = digit || text == other;
                    assert_eq!(six_between(other, b'-', b':').is_some(), is_number, "{other:?}");
                }
            }
        }
    }
}
