//! Takes a WebAssembly binary apart into streams of like bytes, which `assets/streams.js` puts together again.
//!
//! LZMA foretells a byte by those before it: the number of a local by other such numbers better than by the instruction
//! that it belongs to. Apart, the page's binaries pack 7 % smaller than as they are.
//!
//! What each instruction holds stands in one place, in `assets/streams.js`, and both sides read it there.

use std::collections::BTreeMap;
use std::mem;

use crate::Outcome;

const SCRIPT: &str = include_str!("../../assets/streams.js");

/// The streams of a binary, in the order of the letters in the script. Together they are as long as the binary.
pub fn apart(binary: &[u8]) -> Outcome<Vec<Vec<u8>>> {
    let mut apart = Apart { left: binary, streams: vec![Vec::new(); streams()?.len()] };
    let operands = operands()?;
    let section_of_code = 10;
    apart.bytes(REST, 8)?;
    while !apart.left.is_empty() {
        let section = apart.byte(REST)?;
        let size = apart.number(REST)?;
        if section != section_of_code {
            apart.bytes(REST, size)?;
            continue;
        }
        for _ in 0..apart.number(REST)? {
            let size = apart.number(REST)?;
            let behind = apart.left.len().checked_sub(size).ok_or(CUT)?;
            for _ in 0..apart.number(LOCALS)? {
                apart.number(LOCALS)?;
                apart.byte(LOCALS)?;
            }
            while apart.left.len() > behind {
                apart.instruction(&operands)?;
            }
            if apart.left.len() < behind {
                return Err("an instruction goes on behind its function".into());
            }
        }
    }
    Ok(apart.streams)
}

/// Places of streams: all outside of functions' instructions and locals, operations, declared locals, numbers of any kind.
const REST: usize = 0;
const OPERATIONS: usize = 1;
const LOCALS: usize = 2;
const COUNTS: usize = 9;

const CUT: &str = "the binary ends in the middle";

struct Apart<'b> {
    left: &'b [u8],
    streams: Vec<Vec<u8>>,
}

impl Apart<'_> {
    fn bytes(&mut self, place: usize, count: usize) -> Outcome<()> {
        let (bytes, left) = self.left.split_at_checked(count).ok_or(CUT)?;
        self.streams.get_mut(place).ok_or("no such stream")?.extend_from_slice(bytes);
        self.left = left;
        Ok(())
    }

    fn byte(&mut self, place: usize) -> Outcome<u8> {
        let byte = *self.left.first().ok_or(CUT)?;
        self.bytes(place, 1)?;
        Ok(byte)
    }

    /// A number (LEB128); of one with more than 64 bits the rest is left out of the value alone.
    fn number(&mut self, place: usize) -> Outcome<usize> {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.byte(place)?;
            value |= usize::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
            if byte < 0x80 {
                return Ok(value);
            }
            shift += 7;
        }
    }

    fn instruction(&mut self, operands: &BTreeMap<usize, Vec<Operand>>) -> Outcome<()> {
        let mut operation = usize::from(self.byte(OPERATIONS)?);
        if operation >= PREFIX {
            operation = operation << 8 | self.number(OPERATIONS)?;
        }
        let known = operands.get(&operation);
        let known =
            known.ok_or_else(|| format!("assets/streams.js does not know operation {operation:x}"))?;
        for operand in known {
            match *operand {
                Operand::Number(place) => {
                    self.number(place)?;
                }
                Operand::Byte(place) => self.bytes(place, 1)?,
                Operand::Many(place) => {
                    for _ in 0..=self.number(COUNTS)? {
                        self.number(place)?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Operations from here on have a second number.
const PREFIX: usize = 0xfc;

/// What stands behind an operation, each with the place of its stream.
#[derive(Clone, Copy)]
enum Operand {
    Number(usize),
    Byte(usize),
    /// A number of [`COUNTS`], and as many of this stream as it says, and one.
    Many(usize),
}

fn streams() -> Outcome<&'static str> {
    literal("STREAMS")
}

/// The operands of each operation.
fn operands() -> Outcome<BTreeMap<usize, Vec<Operand>>> {
    let streams = streams()?;
    let place = |letter: char| streams.find(letter.to_ascii_lowercase()).ok_or("an unknown stream");
    let mut all = BTreeMap::new();
    for entry in literal("OPERANDS")?.split(' ') {
        let (codes, letters) = entry.split_once(':').unwrap_or((entry, ""));
        let (first, last) = codes.split_once('-').unwrap_or((codes, codes));
        let (mut operands, mut many) = (Vec::new(), false);
        for letter in letters.chars() {
            match letter {
                '*' => many = true,
                _ if mem::take(&mut many) => operands.push(Operand::Many(place(letter)?)),
                _ if letter.is_ascii_uppercase() => operands.push(Operand::Byte(place(letter)?)),
                _ => operands.push(Operand::Number(place(letter)?)),
            }
        }
        for code in usize::from_str_radix(first, 16)?..=usize::from_str_radix(last, 16)? {
            all.insert(code, operands.clone());
        }
    }
    Ok(all)
}

/// A text of the script.
fn literal(name: &str) -> Outcome<&'static str> {
    let begin = format!("const {name} = \"");
    let text = SCRIPT.split_once(&begin).and_then(|(_, behind)| behind.split_once('"'));
    text.map(|(text, _)| text).ok_or_else(|| format!("assets/streams.js has no {name}").into())
}

#[cfg(test)]
mod tests {
    use super::{apart, streams};

    /// A binary with one function of these instructions, after one local of 32 bits.
    fn binary(instructions: &[u8]) -> Vec<u8> {
        let mut function = vec![1, 1, 0x7f];
        function.extend_from_slice(instructions);
        let mut code = vec![1, function.len() as u8];
        code.extend(function);
        let mut binary = b"\0asm\x01\0\0\0\x05\x03\x01\0\x01\x0a".to_vec();
        binary.push(code.len() as u8);
        binary.extend(code);
        binary.extend(b"\x0b\x08\x01\0\x41\0\x0b\x02hi");
        binary
    }

    #[test]
    fn each_operand_goes_to_its_own_stream() {
        // local.get 5; i32.load align 2 offset 300; call 9; br_table of two and one; i32.const -1; f32.const;
        // memory.copy; v128.load8_lane; end.
        let instructions = [
            &[0x20, 5, 0x28, 2, 0xac, 2, 0x10, 9, 0x0e, 2, 7, 8, 6, 0x41, 0x7f][..],
            &[0x43, 1, 2, 3, 4, 0xfc, 10, 0, 0, 0xfd, 0x54, 0, 4, 3, 0x0b],
        ]
        .concat();
        let binary = binary(&instructions);
        let apart = apart(&binary).unwrap();
        let stream = |letter: char| apart[streams().unwrap().find(letter).unwrap()].as_slice();
        let apart_of = "rpdlcoijbmf".chars().map(|letter| stream(letter).to_vec());
        assert_eq!(apart_of.map(|stream| stream.len()).sum::<usize>(), binary.len());
        assert_eq!(stream('p'), [0x20, 0x28, 2, 0x10, 0x0e, 0x41, 0x43, 0xfc, 10, 0xfd, 0x54, 0, 0x0b]);
        assert_eq!(stream('d'), [1, 1, 0x7f]);
        assert_eq!(stream('l'), [5]);
        assert_eq!(stream('c'), [9]);
        assert_eq!(stream('o'), [0xac, 2, 4]);
        assert_eq!(stream('i'), [0x7f]);
        assert!(stream('j').is_empty());
        assert_eq!(stream('b'), [7, 8, 6]);
        assert_eq!(stream('m'), [2, 0, 0, 3]);
        assert_eq!(stream('f'), [1, 2, 3, 4]);
        assert!(stream('r').starts_with(b"\0asm") && stream('r').ends_with(b"hi"));
    }

    #[test]
    fn what_is_not_known_or_cut_off_stops_the_build() {
        assert!(apart(&binary(&[0x06, 0x0b])).unwrap_err().to_string().contains("operation 6"));
        let whole = binary(&[0x20, 5, 0x0b]);
        // Between two sections a binary may end.
        let sections = [8, 13, whole.len() - 10];
        for end in 0..whole.len() {
            assert_eq!(apart(&whole[..end]).is_ok(), sections.contains(&end), "{end}");
        }
    }
}
