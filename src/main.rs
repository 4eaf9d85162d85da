//! The page: a skin over the library that never touches a file's bytes.

#[cfg(any(target_arch = "wasm32", test))]
mod ui;

fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        ui::browser::panic::report();
        ui::start();
    }
}
