//! Every bound in one place (R47). Hitting one is an error with a kind, never an allocation without end.

/// The bounds of the host.
#[derive(Debug, Clone, Copy)]
pub struct Limits;

impl Limits {
    /// Octets of a manifest.
    pub const MANIFEST: u64 = 16 * 1024;
    /// Octets of a signature file.
    pub const SIGNATURE: u64 = 4 * 1024;
    /// Octets of a library.
    pub const LIBRARY: u64 = 32 * 1024 * 1024;
    /// Methods in one directory; further ones are rejected.
    pub const METHODS: usize = 64;
    /// Octets of one message to a worker.
    pub const TO_WORKER: usize = 64 * 1024;
    /// Octets of one message from a worker.
    pub const FROM_WORKER: usize = 256 * 1024;
    /// Connections that one run of a method may ask for and be handed: all fit into its table of descriptors.
    pub const CONNECTIONS: usize = 8;
    /// Descriptors that a method may have watched at a time.
    pub const WATCHES: usize = 4;
    /// How often a second a method is told that something is readable, over all its descriptors: one that never reads
    /// what is there keeps neither the owner waiting nor the processor busy.
    pub const READABLE_PER_SECOND: u32 = 100;
    /// Outputs in the answer to one event.
    pub const OUTPUTS: usize = 16;
    /// Events that wait for a worker that is still at work.
    pub const QUEUE: usize = 16;
    /// Octets of a payload: the longest alphanumeric QR code at level M holds 3,391 characters.
    pub const PAYLOAD: usize = 3391;
    /// Octets of one text argument.
    pub const WORDS: usize = 320;
    /// Arguments of one text.
    pub const ARGS: usize = 8;
    /// Steps in one list.
    pub const STEPS: usize = 16;
    /// Least memory of a worker in MiB: its own code and heap need about 3.
    pub const LEAST_MEMORY_MIB: u32 = 8;
    /// Most memory of a worker in MiB.
    pub const MOST_MEMORY_MIB: u32 = 256;
    /// Longest time that a manifest may ask for, to be ready or for one answer, in milliseconds.
    pub const LONGEST_MS: u32 = 60_000;
    /// How long an ended or stopped worker may take to be gone before it is killed, in milliseconds.
    pub const GOODBYE_MS: u64 = 250;
}
