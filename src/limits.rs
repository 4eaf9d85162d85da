//! Every bound on an input, in one place; tests make them tiny.

/// What is read at most. Sizes are bytes.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes looked at to recognise an input.
    pub head: u64,
    /// A file that has to be held whole: a configuration, a certificate, a recorded session.
    pub whole: u64,
    /// A streamed input: a log, later a capture.
    pub streamed: u64,
    /// Characters kept of one line; the rest is counted.
    pub line: usize,
    /// An XML document.
    pub xml: u64,
    /// Attributes of one XML element.
    pub xml_attributes: usize,
    /// Open XML elements at a time.
    pub xml_depth: usize,
    /// XML elements of one document.
    pub xml_nodes: u32,
    /// One DER object.
    pub der: u64,
    /// Certificates of one input.
    pub certificates: usize,
    /// Inputs found inside one dropped file.
    pub children: usize,
    /// How deep an input may lie inside others.
    pub depth: u32,
    /// Typed events kept of one log; further ones are counted.
    pub events: usize,
    /// Notes kept of one input; further ones are counted.
    pub notes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1 << 20;
        Self {
            head: 64 << 10,
            whole: 64 * MIB,
            streamed: 4096 * MIB,
            line: 64 << 10,
            xml: 4 * MIB,
            xml_attributes: 256,
            xml_depth: 64,
            xml_nodes: 100_000,
            der: MIB,
            certificates: 256,
            children: 10_000,
            depth: 3,
            events: 50_000,
            notes: 100,
        }
    }
}
