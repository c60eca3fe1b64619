//! Takes away what runs that were killed have left.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::cli::output::BESIDE;

/// How long a document stands beside its place at the very most.
const OLD: Duration = Duration::from_hours(1);

/// Takes away what runs that were killed left of files beside their places in a folder. What is not yet old may be
/// another run's, which is at it now.
pub(in crate::cli) fn clear(folder: &Path) {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let age = entry
            .metadata()
            .ok()
            .filter(fs::Metadata::is_file)
            .and_then(|file| file.modified().ok()?.elapsed().ok());
        if name.starts_with(BESIDE.0) && name.ends_with(BESIDE.1) && age.is_some_and(|age| age > OLD) {
            // Whoever cannot take it away leaves it.
            let _ = fs::remove_file(entry.path());
        }
    }
}
