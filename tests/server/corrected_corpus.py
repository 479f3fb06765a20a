"""An invented plan and a table of corrections about it, published into a folder: what several tests of corrections look at."""

from pathlib import Path

from ontology.corrections import Correction
from ontology.records import CorrectionAction, FactKind
from queries.release import Release
from server.correcting import read_table, rows_about
from server.correction_rows import Wish, make_row
from server.correction_table import append_correction, withdraw_correction
from server.pipeline import publish_files
from server.reading_files import Reading, read_file, this_reader

PLAN = """ỦY BAN NHÂN DÂN
TỈNH BÌNH THUẬN
Số: 9001/KH-UBND
Bình Thuận, ngày 10 tháng 3 năm 2022

KẾ HOẠCH
Thực hiện công tác giảm nghèo năm 2022

Căn cứ Quyết định số 90/QĐ-TTg ngày 18 tháng 01 năm 2022 của Thủ tướng Chính phủ;

II. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính
- Chủ trì, phối hợp với Sở Y tế bố trí kinh phí thực hiện trong quý II năm 2022.
2. Sở Nội vụ
- Tham mưu đánh giá kết quả thực hiện trước ngày 30/11/2022.
"""
PATH = "tinh-binh-thuan/uy-ban-nhan-dan/2022/9001-kh-ubnd"
DOCUMENT = f"https://w3id.org/daumoi/id/document/{PATH}"
TASK = f"/task/{PATH}/ii.1.-1"
AGENCY = "tinh-binh-thuan/so-noi-vu"
LEAD = "II.1.-1 | lead | Sở Tài chính tỉnh Bình Thuận"
NEW_LEAD = "Sở Nội vụ tỉnh Bình Thuận"


class Corpus:
    """A folder with one plan, a table of corrections and releases."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.sources = folder / "documents"
        self.table = folder / "corrections.csv"
        self.file = self.sources / "plan.txt"
        self.sources.mkdir(parents=True)
        self.file.write_text(PLAN, "utf-8")

    def reading(self) -> Reading:
        """Read the plan."""
        read = read_file(self.file)
        assert isinstance(read, Reading)
        return read

    def correct(self, kind: str, key: str, field: str, to: str, why: str) -> Correction:
        """Write a correction of one field into the table."""
        reading = self.reading()
        wish = Wish(FactKind(kind), CorrectionAction.CHANGE, key, field, to, "Lê A", "2026-05-04", why)
        row, _ = make_row(reading, wish, rows_about(reading.record, read_table(self.table)), this_reader())
        return append_correction(self.table, row)

    def withdraw(self, correction_id: str) -> None:
        """Take a correction back."""
        withdraw_correction(self.table, correction_id, who="Trần B", when="2026-06-01", why="nhầm dòng")

    def publish(self) -> Release:
        """Publish the plan with its corrections."""
        return publish_files(self.home, [self.sources], corrections=self.table).release
