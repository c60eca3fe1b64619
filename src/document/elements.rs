//! The elements of an official document around its text: 版头, 署名 with seals, 版记 (GB/T 9704-2012, clauses 7 and 10).

use std::sync::Arc;

use super::{Inline, Run};
use crate::picture::Picture;

/// The formats of official documents, which decide where the head stands and how the pages end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Form {
    /// 公文: the common format (clause 7).
    #[default]
    Document,
    /// 信函 (10.1).
    Letter,
    /// 命令（令） (10.2).
    Order,
    /// 纪要 (10.3).
    Minutes,
}

/// 版头: what stands above the title (7.2). What is empty is not there.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Head {
    /// The document's format.
    pub form: Form,
    /// 份号: six digits.
    pub copy_number: Vec<Inline>,
    /// 密级和保密期限: `机密★1年`.
    pub secrecy: Vec<Inline>,
    /// 紧急程度: `特急`, `加急`.
    pub urgency: Vec<Inline>,
    /// 发文机关标志: the organs, the one in charge first.
    pub organs: Vec<Vec<Inline>>,
    /// What follows the organs in the mark: `文件`, `令`, `纪要`.
    pub suffix: Vec<Inline>,
    /// 发文字号, or an order's 令号.
    pub number: Vec<Inline>,
    /// 签发人: those who sign a document that goes upwards.
    pub signers: Vec<Vec<Inline>>,
}

/// 版记: what the last page ends with (7.4). What is empty is not there.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Imprint {
    /// 主送机关, where they were moved here because the first page would have shown no text (7.3.2).
    pub recipients: Vec<Inline>,
    /// 抄送机关, ending with 。
    pub copies: Vec<Inline>,
    /// 印发机关.
    pub printer: Vec<Inline>,
    /// 印发日期 as printed, without 印发.
    pub date: Vec<Inline>,
}

/// 发文机关署名 and 成文日期 (7.3.5).
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Signature {
    /// How it is signed.
    pub manner: Manner,
    /// The signing organs or persons; the first stands topmost.
    pub signers: Vec<Signer>,
    /// The date as printed (`2026年1月5日`).
    pub date: Vec<Inline>,
}

/// How a document is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Manner {
    /// Without a seal (7.3.5.2).
    #[default]
    Plain,
    /// 加盖印章: a seal over the name and the date (7.3.5.1).
    Sealed,
    /// 加盖签发人签名章: the stamp of a signature (7.3.5.3).
    Stamped,
}

/// One that signs.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Signer {
    /// The organ's or the person's name.
    pub name: Vec<Inline>,
    /// 职务, of a person.
    pub post: Vec<Inline>,
    /// The picture of the seal or of the signature; without one, room is left for it.
    pub seal: Option<Seal>,
}

/// The picture of a seal or of a signature.
#[derive(Clone, Debug, PartialEq)]
pub struct Seal {
    /// The run that names its file, beside the data file.
    pub file: Run,
    /// The picture, once it has been read.
    pub picture: Option<Arc<Picture>>,
}

/// 出席, 请假 and 列席: who took part in a meeting (10.3).
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Roster {
    /// The label, without its colon.
    pub label: String,
    /// The units and names.
    pub content: Vec<Inline>,
}

/// What stands before 签发人's names.
pub const SIGNERS: &str = "签发人：";
/// What stands before 抄送机关.
pub const COPIES: &str = "抄送：";
/// What stands before 主送机关 in 版记.
pub const RECIPIENTS: &str = "主送：";
/// What stands behind 印发日期.
pub const PRINTED: &str = "印发";

impl Head {
    /// Returns the lines of its text in reading order, each of one or more texts.
    pub(super) fn lines(&self) -> Vec<Vec<&[Inline]>> {
        let single = |text| vec![text];
        let left = [&self.copy_number, &self.secrecy, &self.urgency].map(|text| single(text.as_slice()));
        let mut mark: Vec<Vec<&[Inline]>> =
            self.organs.iter().map(|organ| single(organ.as_slice())).collect();
        match mark.as_mut_slice() {
            [only] => only.push(&self.suffix),
            _ => mark.push(single(&self.suffix)),
        }
        // A letter's mark stands above them (10.1).
        let mut lines = if self.form == Form::Letter {
            mark.into_iter().chain(left).collect()
        } else {
            left.into_iter().chain(mark).collect::<Vec<_>>()
        };
        lines.push(vec![self.number.as_slice()]);
        lines.extend(self.signers.iter().map(|signer| vec![signer.as_slice()]));
        lines.retain(|line| line.iter().any(|text| !text.is_empty()));
        lines
    }
}

impl Imprint {
    /// Returns its texts in reading order.
    pub(super) fn texts(&self) -> [&[Inline]; 4] {
        [&self.recipients, &self.copies, &self.printer, &self.date]
    }
}

impl Signature {
    /// Returns its texts in reading order.
    pub(super) fn texts(&self) -> impl Iterator<Item = &[Inline]> {
        let signers = self.signers.iter().flat_map(|signer| [signer.post.as_slice(), &signer.name]);
        signers.chain([self.date.as_slice()]).filter(|text| !text.is_empty())
    }

    /// Returns the pictures' files.
    pub fn seals(&self) -> impl Iterator<Item = &Seal> {
        self.signers.iter().filter_map(|signer| signer.seal.as_ref())
    }
}
