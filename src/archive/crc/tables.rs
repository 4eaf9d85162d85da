//! The checksum by tables, made when a reader starts: as constants they would be 8 kB of the page that no packer makes
//! smaller. Eight of them take eight bytes a step ("slicing-by-8": Kounavis and Berry, ISCC 2005).

/// Tables of all bytes.
pub(super) struct Tables(Box<[[u32; 256]; 8]>);

impl Default for Tables {
    fn default() -> Self {
        let mut tables = Box::new([[0_u32; 256]; 8]);
        let mut last = [0_u32; 256];
        for (entry, byte) in last.iter_mut().zip(0_u32..) {
            *entry = (0..8).fold(byte, |value, _| (value >> 1) ^ (0xedb8_8320 & (value & 1).wrapping_neg()));
        }
        let first = last;
        for table in tables.iter_mut() {
            *table = last;
            for entry in &mut last {
                *entry = (*entry >> 8) ^ lookup(&first, *entry);
            }
        }
        Self(tables)
    }
}

impl Tables {
    /// The checksum of what `checksum` is of, and these bytes behind it.
    pub(super) fn update(&self, checksum: u32, bytes: &[u8]) -> u32 {
        let [t0, t1, t2, t3, t4, t5, t6, t7] = &*self.0;
        let mut value = !checksum;
        let (eights, rest) = bytes.as_chunks::<8>();
        for [a, b, c, d, e, f, g, h] in eights {
            let low = value ^ u32::from_le_bytes([*a, *b, *c, *d]);
            let high = u32::from_le_bytes([*e, *f, *g, *h]);
            value = lookup(t7, low)
                ^ lookup(t6, low >> 8)
                ^ lookup(t5, low >> 16)
                ^ lookup(t4, low >> 24)
                ^ lookup(t3, high)
                ^ lookup(t2, high >> 8)
                ^ lookup(t1, high >> 16)
                ^ lookup(t0, high >> 24);
        }
        for byte in rest {
            value = (value >> 8) ^ lookup(t0, value ^ u32::from(*byte));
        }
        !value
    }
}

/// The entry of the lowest byte.
fn lookup(table: &[u32; 256], value: u32) -> u32 {
    table.get((value & 0xff) as usize).copied().unwrap_or_default()
}
