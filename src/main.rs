//! The page: a skin over the library that never touches a file's bytes.

mod ui;

fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        ui::panic::report();
        ui::start();
    }
}
