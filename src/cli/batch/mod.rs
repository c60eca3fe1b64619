//! Makes or checks many documents in one call.
//!
//! ```text
//! words of the call -> Plan -> inputs, one at a time -> workers -> results in order -> files, messages
//!                     plan      lines, shard            pool, work  render, check       tally, record
//! ```
//!
//! A worker takes an input all the way to a file beside its place; what is seen from outside (the file's own name,
//! messages, counts) happens on the calling thread alone, in the order of the inputs. So all of it is the same for any
//! number of workers, and a run that is stopped leaves whole files and nothing else.

pub(super) mod destination;
pub(super) mod interrupt;
mod lines;
pub(super) mod manifest;
mod naming;
pub(super) mod plan;
pub(super) mod pool;
pub(super) mod record;
pub(super) mod remains;
pub(super) mod shard;
pub(super) mod work;
