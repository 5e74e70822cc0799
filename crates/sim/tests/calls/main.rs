//! Stories of two, three and four people, over a network whose order of things comes from a seed.

mod credentials;
mod holes;
mod invitations;
mod journeys;
mod labs;
mod mending;
mod muted;
mod negotiation;
mod notices;
mod outages;
mod screens;
