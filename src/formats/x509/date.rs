//! The dates of a certificate in seconds since 1970.
//!
//! `230101120000Z` (UTCTime), `20500101120000Z` (GeneralizedTime). `None` is a text that is not a date. As tolerant
//! as OpenSSL: seconds may be missing, fractions are dropped (two Cisco CAs have them), an offset counts, the year
//! may be 0000 to 9999.
//!
//! Source: RFC 5280 4.1.2.5; X.680 46 and 47.

use crate::der::{Element, tag};

/// Seconds since 1970-01-01T00:00:00Z.
pub(super) fn unix_seconds(element: &Element<'_>) -> Option<i64> {
    let mut digits = Digits { rest: element.content };
    let year = match element.tag {
        tag::UTC_TIME => {
            let year = digits.two()?;
            if year < 50 { 2000 + year } else { 1900 + year }
        }
        tag::GENERALIZED_TIME => digits.two()? * 100 + digits.two()?,
        _ => return None,
    };
    let (month, day, hour, minute) = (digits.two()?, digits.two()?, digits.two()?, digits.two()?);
    let second = if digits.rest.first().is_some_and(u8::is_ascii_digit) { digits.two()? } else { 0 };
    if let [b'.' | b',', fraction @ ..] = digits.rest {
        let length = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
        digits.rest = fraction.get(length..).filter(|_| length > 0)?;
    }
    let east = match digits.rest {
        [b'Z'] => 0,
        [sign @ (b'+' | b'-'), offset @ ..] => {
            let mut digits = Digits { rest: offset };
            let minutes = digits.two()? * 60 + digits.two()?;
            if !digits.rest.is_empty() {
                return None;
            }
            if *sign == b'-' { -minutes } else { minutes }
        }
        _ => return None,
    };
    let month = time::Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = time::Date::from_calendar_date(year, month, u8::try_from(day).ok()?).ok()?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let midnight = date.midnight().assume_utc().unix_timestamp();
    Some(midnight + i64::from(hour * 3600 + minute * 60 + second) - i64::from(east) * 60)
}

/// Reads decimal digits two by two.
struct Digits<'a> {
    rest: &'a [u8],
}

impl Digits<'_> {
    fn two(&mut self) -> Option<i32> {
        let (pair, rest) = self.rest.split_first_chunk::<2>()?;
        let [tens, ones] = pair.map(|byte| char::from(byte).to_digit(10));
        self.rest = rest;
        i32::try_from(tens? * 10 + ones?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_openssl_reads_them() {
        let rows: [(u8, &str, Option<i64>); 14] = [
            (tag::UTC_TIME, "700101000000Z", Some(0)),
            (tag::UTC_TIME, "491231235959Z", Some(2_524_607_999)),
            (tag::UTC_TIME, "500101000000Z", Some(-631_152_000)),
            (tag::UTC_TIME, "7001010000Z", Some(0)),
            (tag::UTC_TIME, "700101010000+0100", Some(0)),
            (tag::GENERALIZED_TIME, "19700101000001.5Z", Some(1)),
            (tag::GENERALIZED_TIME, "99991231235959Z", Some(253_402_300_799)),
            (tag::GENERALIZED_TIME, "00000101000000Z", Some(-62_167_219_200)),
            (tag::GENERALIZED_TIME, "19700101000000", None),
            (tag::UTC_TIME, "700101250000Z", None),
            (tag::UTC_TIME, "700230000000Z", None),
            (tag::UTC_TIME, "7001010000:0Z", None),
            (tag::UTC_TIME, "", None),
            (tag::OCTET_STRING, "700101000000Z", None),
        ];
        for (octet, text, expected) in rows {
            let element = Element { tag: octet, content: text.as_bytes(), whole: &[] };
            assert_eq!(unix_seconds(&element), expected, "{text}");
        }
    }
}
