import pytest

from cluster_sheets.intake.kind import ZIP, begins_as_mail, is_picture, is_resource_fork, links_to_a_workbook, refusal
from tests.intake.files import ole, workbook
from tests.intake.letters import letter

KINDS = {
    "an empty file": (b"", "file-empty"),
    "a file over the limit": (b"PK\x03\x04" + bytes(1000), "file-too-big"),
    "an old workbook": (ole("Workbook"), "file-old-excel"),
    "a very old workbook": (ole("Book"), "file-old-excel"),
    "a workbook with a password": (ole("EncryptionInfo"), "file-password"),
    "an old letter": (ole("WordDocument"), "file-word"),
    "an Outlook message": (ole("__substg1.0_001A"), "file-word"),
    "a shortcut of Windows": (bytes.fromhex("4c0000000114020000000000c000000000000046") + bytes(56), "file-link"),
    "a print": (b"%PDF-1.7\n%\xe2\xe3", "file-pdf"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00", "file-word"),
    "a phone's photograph": (b"\x00\x00\x00\x18ftypheic\x00", "file-word"),
    "a rich text": (b"{\\rtf1\\ansi", "file-word"),
    "another archive": (b"7z\xbc\xaf\x27\x1c\x00", "file-archive"),
    "an archive of RAR": (b"Rar!\x1a\x07\x00", "file-archive"),
    "an archive of gzip": (b"\x1f\x8b\x08", "file-archive"),
    "winmail.dat": (b"\x78\x9f\x3e\x22\x01\x00", "file-winmail"),
    "columns with commas": (b"School,Amount\r\nOak,100\r\n", "file-csv-or-text"),
    "a text that begins like an archive": (b"PK,Name\r\n1,Oak\r\n", "file-csv-or-text"),
    "a text that begins like a bitmap": (b"BMI,Name\r\n1,Oak\r\n", "file-csv-or-text"),
    "a web page": (b"<!DOCTYPE html><html><body>Form</body></html>", "file-csv-or-text"),
    "a text in UTF-16": ("School\tAmount".encode("utf-16"), "file-csv-or-text"),
    "a shortcut": (b"[InternetShortcut]\r\nURL=https://x.example/f", "file-link"),
    "a page that leads to the form": (b'<a href="https://oak-my.sharepoint.com/:x:/g/AB">form</a>', "file-link"),
    "noise": (bytes(range(256)) * 4, "file-broken"),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_file_is_known_by_its_bytes(name: str) -> None:
    data, code = KINDS[name]
    assert refusal(data, 800 if code == "file-too-big" else 5000) == code


def test_an_archive_may_be_a_workbook() -> None:
    assert refusal(workbook(), 5000) == ZIP


def test_pictures_are_told_from_workbooks() -> None:
    assert [is_picture(each) for each in (b"GIF89a", b"\xff\xd8\xff\xe0", workbook(), b"BM text")] == [
        True,
        True,
        False,
        False,
    ]


def test_a_link_to_a_workbook_is_told_from_a_schools_web_address() -> None:
    assert links_to_a_workbook(b"see https://oak.SharePoint.com/:x:/r/form")
    assert not links_to_a_workbook(b"https://oak.sharepoint.com/sites/home and https://www.oak.example")
    assert not links_to_a_workbook(
        b"https://oak.sharepoint.com/policy.pdf and our form.xlsx, https://dropbox.com/a b.xlsx"
    )


LINKS = (
    "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Foak.sharepoint.com%2F%3Ax%3A%2Fs%2Foffice&data=1",
    "https://eur01.safelinks.protection.outlook.com/?url=https%253A%252F%252Foak.sharepoint.com%252F%253Ax%253A%252Fs",
    "https://drive.google.com/file/d/1abc/view?usp=drive_web",
    "https://drive.google.com/open?id=1",
    "https://www.icloud.com/attachment/?u=https%3A%2F%2Fx.example",
    "https://www.dropbox.com/s/x/form.xlsx?dl=0",
    "https://oak-my.sharepoint.com/personal/jo/Documents/form.xlsx?web=1",
    "https://1drv.ms/x/s!A",
)


@pytest.mark.parametrize("link", LINKS)
def test_a_link_stands_for_a_workbook_however_it_is_wrapped(link: str) -> None:
    assert links_to_a_workbook(f'<a href="{link}">EXAMPLE</a>'.encode())
    assert links_to_a_workbook(f'<a href="{link}">EXAMPLE</a>'.encode("utf-16-le"))


def test_a_mail_is_known_by_how_it_begins() -> None:
    assert begins_as_mail(letter())
    assert [begins_as_mail(each) for each in (b"", workbook(), b"Note: x\nFrom: nobody\n", b"\r\n" + letter())] == [
        False
    ] * 4


def test_what_a_mac_sends_beside_a_file_is_told_by_its_first_word() -> None:
    assert is_resource_fork(b"\x00\x05\x16\x07\x00\x02")
    assert not is_resource_fork(b"\x00\x05\x16\x00\x00\x02")
