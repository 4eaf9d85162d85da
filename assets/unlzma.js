// Unpacks LZMA (the `.lzma` form with its 13-byte header), as the LZMA specification of the LZMA SDK describes it.
// Browsers unpack only gzip by themselves, which would make this page a third larger.
//
// Returns a function that unpacks the next so many bytes: what is needed first need not wait for the rest.
const unlzma = (packed) => {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const [lc, lp, pb] = [packed[0] % 9, Math.floor(packed[0] / 9) % 5, Math.floor(packed[0] / 45)];
  const size = view.getUint32(5, true);
  const out = new Uint8Array(size);

  // The range decoder: 11-bit probabilities, all of them in one table.
  let code = view.getUint32(14);
  let range = 0xffffffff;
  let at = 18;
  const HALF = 1024;
  const [MATCH, REP, REP_G0, REP_G1, REP_G2, REP_LONG] = [0, 192, 204, 216, 228, 240];
  const [SLOT, SPECIAL, ALIGN, LENGTH, REP_LENGTH, LITERAL] = [432, 688, 816, 832, 1350, 1868];
  const odds = new Uint16Array(LITERAL + (0x300 << (lc + lp))).fill(HALF);

  const bit = (index) => {
    const odd = odds[index];
    const bound = (range >>> 11) * odd;
    let one;
    if (code < bound) {
      range = bound;
      odds[index] = odd + ((2048 - odd) >>> 5);
      one = 0;
    } else {
      range -= bound;
      code -= bound;
      odds[index] = odd - (odd >>> 5);
      one = 1;
    }
    if (range < 0x1000000) {
      range = (range << 8) >>> 0;
      code = ((code << 8) | packed[at]) >>> 0;
      at += 1;
    }
    return one;
  };
  const direct = (count) => {
    let value = 0;
    for (let left = count; left > 0; left -= 1) {
      range >>>= 1;
      const one = code >= range ? 1 : 0;
      if (one) code -= range;
      value = value * 2 + one;
      if (range < 0x1000000) {
        range = (range << 8) >>> 0;
        code = ((code << 8) | packed[at]) >>> 0;
        at += 1;
      }
    }
    return value;
  };
  const tree = (base, bits) => {
    let node = 1;
    for (let left = bits; left > 0; left -= 1) node = node * 2 + bit(base + node);
    return node - (1 << bits);
  };
  const reverseTree = (base, bits) => {
    let [node, value] = [1, 0];
    for (let place = 0; place < bits; place += 1) {
      const one = bit(base + node);
      node = node * 2 + one;
      value |= one << place;
    }
    return value;
  };
  /// Two choices, then 16 trees of 3 bits, 16 of 3, and one of 8.
  const length = (base, position) => {
    if (bit(base) === 0) return tree(base + 2 + position * 8, 3);
    if (bit(base + 1) === 0) return 8 + tree(base + 130 + position * 8, 3);
    return 16 + tree(base + 258, 8);
  };

  let [given, done, state, rep0, rep1, rep2, rep3] = [0, 0, 0, 0, 0, 0, 0];
  const step = () => {
    const position = done & ((1 << pb) - 1);
    if (bit(MATCH + state * 16 + position) === 0) {
      const previous = done > 0 ? out[done - 1] : 0;
      const base = LITERAL + 0x300 * (((done & ((1 << lp) - 1)) << lc) + (previous >>> (8 - lc)));
      let symbol = 1;
      if (state >= 7) {
        let expected = out[done - rep0 - 1];
        do {
          const high = (expected >>> 7) & 1;
          expected <<= 1;
          const one = bit(base + ((1 + high) << 8) + symbol);
          symbol = symbol * 2 + one;
          if (high !== one) break;
        } while (symbol < 0x100);
      }
      while (symbol < 0x100) symbol = symbol * 2 + bit(base + symbol);
      out[done] = symbol;
      done += 1;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      return;
    }
    let run;
    if (bit(REP + state) === 1) {
      if (bit(REP_G0 + state) === 0) {
        if (bit(REP_LONG + state * 16 + position) === 0) {
          out[done] = out[done - rep0 - 1];
          done += 1;
          state = state < 7 ? 9 : 11;
          return;
        }
      } else if (bit(REP_G1 + state) === 0) {
        [rep1, rep0] = [rep0, rep1];
      } else if (bit(REP_G2 + state) === 0) {
        [rep2, rep1, rep0] = [rep1, rep0, rep2];
      } else {
        [rep3, rep2, rep1, rep0] = [rep2, rep1, rep0, rep3];
      }
      run = length(REP_LENGTH, position) + 2;
      state = state < 7 ? 8 : 11;
    } else {
      [rep3, rep2, rep1] = [rep2, rep1, rep0];
      run = length(LENGTH, position) + 2;
      state = state < 7 ? 7 : 10;
      const slot = tree(SLOT + Math.min(run - 2, 3) * 64, 6);
      rep0 = slot;
      if (slot >= 4) {
        const bits = (slot >> 1) - 1;
        rep0 = (2 | (slot & 1)) * 2 ** bits;
        if (slot < 14) rep0 += reverseTree(SPECIAL + rep0 - slot, bits);
        else rep0 += direct(bits - 4) * 16 + reverseTree(ALIGN, 4);
      }
    }
    if (rep0 >= done) throw new DOMException("the page is damaged", "EncodingError");
    for (const end = Math.min(done + run, size); done < end; done += 1) out[done] = out[done - rep0 - 1];
  };
  return (count) => {
    // A run may reach into what is asked for next.
    for (given += count; done < given; ) step();
    return out.subarray(given - count, given);
  };
};
