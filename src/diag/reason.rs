//! Says in words why the system refused.

use std::io;

use super::Text;

/// Returns why the system refused; its own words where there are no plainer ones.
pub fn system_reason(error: &io::Error) -> Text {
    let (zh, en) = match error.kind() {
        io::ErrorKind::NotFound => ("文件或文件夹不存在", "no such file or folder"),
        io::ErrorKind::PermissionDenied => ("没有权限", "permission denied"),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ("磁盘已满", "the disk is full"),
        io::ErrorKind::ReadOnlyFilesystem => ("磁盘是只读的", "the disk is read-only"),
        io::ErrorKind::IsADirectory => ("这是文件夹", "it is a folder"),
        io::ErrorKind::AlreadyExists => ("那里已有别的文件", "something else is there"),
        // Not stable yet as a kind of its own.
        _ if is_loop(error) => ("链接绕成了圈", "its links go in a circle"),
        io::ErrorKind::NotADirectory => ("路径中有一段不是文件夹", "a part of the path is not a folder"),
        io::ErrorKind::InvalidFilename => ("文件名不合规定或太长", "the file name is invalid or too long"),
        io::ErrorKind::FileTooLarge => ("文件太大", "the file is too large"),
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => {
            ("正被别的程序占用", "it is in use by another program")
        }
        io::ErrorKind::TimedOut => ("等得太久，没有回应", "there was no answer in time"),
        io::ErrorKind::InvalidData => ("内容已损坏", "what is in it is damaged"),
        _ => return Text::both(format!("系统不允许（{error}）"), error.to_string()),
    };
    Text::both(zh, en)
}

/// Tells whether symbolic links lead to one another.
fn is_loop(error: &io::Error) -> bool {
    cfg!(target_os = "linux") && error.raw_os_error() == Some(40)
}
