//! Where in a wizard the person is.

use vpn_phone_doctor::symptoms::Step;

/// What is being looked at.
#[derive(Clone, Copy)]
pub struct ShownStep {
    /// Its place in the walk: the number of steps before it.
    pub index: usize,
    /// The step; `None` for the end.
    pub step: Option<&'static Step>,
}
