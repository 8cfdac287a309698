"""Reading a workbook."""

FILE_UNREADABLE = "打不开文件 {file}：{reason}"
FILE_REASONS = {  # by the name of the error number
    "ENOENT": "没有这个文件，请检查文件名和所在文件夹",
    "EEXIST": "要用的文件夹与一个文件同名",
    "ENOTDIR": "要用的文件夹与一个文件同名",
    "EISDIR": "这是文件夹，请指明其中的文件",
    "ENOTEMPTY": "要用的文件名与一个文件夹同名",
    "EACCES": "没有权限，或正被别的程序打开",
    "EPERM": "没有权限，或正被别的程序打开",
    "EBUSY": "正被别的程序打开",
    "ETXTBSY": "正被别的程序打开",
    "EROFS": "这个磁盘只能读，不能写",
    "ENOSPC": "磁盘已满",
    "EDQUOT": "磁盘配额已用完",
    "EFBIG": "文件超过了允许的大小",
    "ENAMETOOLONG": "文件名太长",
    "EILSEQ": "文件名里有这个磁盘不认的字符",
    "EINVAL": "文件名里有这个磁盘不认的字符",
    "ELOOP": "链接绕了一圈又指向自己",
    "ENODEV": "这不是普通文件",
    "ENXIO": "这不是普通文件",
    "EIO": "磁盘读写出错",
    "EMFILE": "打开的文件太多",
    "ENFILE": "打开的文件太多",
    "ENOMEM": "内存不够",
    "ESTALE": "网络磁盘断开了",
    "ETIMEDOUT": "网络磁盘没有回应",
    "EHOSTDOWN": "网络磁盘没有回应",
}
FILE_REASON_OTHER = "系统不允许（错误号 {number}）"
NOT_XLSX_NAME = "{file} 的扩展名要是 .xlsx"
NOT_DOCX_NAME = "{file} 的扩展名要是 .docx"
FOREIGN = "{file} {kind}"
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为 .xlsx（Excel 工作簿）再试"
IS_WORD = "是 Word 文件。请指明填好的工作簿（.xlsx）"
IS_OLD_WORD = "是旧格式的 Word 文件（.doc）。请指明填好的工作簿（.xlsx）"
IS_SLIDES = "是演示文稿。请指明填好的工作簿（.xlsx）"
IS_PDF = "是 PDF 文件。请指明填好的工作簿（.xlsx）"
IS_RTF = "是 RTF 文件。请指明填好的工作簿（.xlsx）"
IS_PICTURE = "是图片。请指明填好的工作簿（.xlsx）"
IS_ARCHIVE = "是压缩包。请先解压，再指明里面填好的工作簿（.xlsx）"
IS_EMPTY = "是空文件，可能没有下载或保存完整。请重新保存一份再试"
IS_LOCKED = "加了密码。请用 Excel 或 WPS 打开，去掉打开密码，另存为 .xlsx 再试"
IS_OLD_SHEET = f"是旧格式的表格（.xls、.et）。{_SAVE_AS}"
IS_OLD = f"是旧格式的文件（.xls、.et、.doc 等）。{_SAVE_AS}"
IS_XLSB = f"是二进制工作簿（.xlsb）。{_SAVE_AS}"
IS_ODF = f"是 OpenDocument 文件（.ods 等）。{_SAVE_AS}"
IS_NUMBERS = f"是 Numbers 表格。{_SAVE_AS}"
IS_XML_SHEET = f"是 XML 表格（XML Spreadsheet 2003）。{_SAVE_AS}"
IS_XML = f"是 XML 文件，不是工作簿。{_SAVE_AS}"
IS_HTML = f"是网页（HTML），只是用了表格的扩展名。{_SAVE_AS}"
IS_TEXT = f"是文本文件（CSV 或其他）。{_SAVE_AS}"
STRICT_WORKBOOK = f"{{file}} 是“Strict Open XML”工作簿。{_SAVE_AS}，不要选 Strict"
SHEET_TOO_FULL = (
    "{file} 的【{sheet}】有格式的单元格超过 {limit} 个，已拒绝打开。请删去多余的行、列和格式后另存"
)
FILE_OLD_OR_LOCKED = "{file} 是旧格式（.xls、.et、.doc）或加了密码的文件。请去掉密码，另存为 .xlsx（模板另存为 .docx）后再试"
FILE_NOT_PACKAGE = "{file} 不是完好的 .xlsx/.docx 文件，可能没有下载或保存完整。请用 Excel、Word 或 WPS 打开后另存一份再试"
FILE_NOT_WRITTEN = "写不了文件 {file}：{reason}。请关闭正打开它的程序，或换一个目录"
PACKAGE_TOO_MANY = "{file} 里有 {count} 个部件，最多 {limit} 个，已拒绝打开"
PACKAGE_DUPLICATE = "{file} 里部件 {part} 出现了两次，文件可能被改动过，已拒绝打开"
PACKAGE_TOO_LARGE = (
    "{file} 解压后太大（{part} 超过 {limit} MB），已拒绝打开。请删去多余的格式和空行后另存"
)
PACKAGE_DOCTYPE = "{file} 的 {part} 含有外部定义（DOCTYPE），已拒绝打开"
PACKAGE_BOMB = "{file} 的 {part} 压缩比超过 {ratio} 倍，可能是恶意文件，已拒绝打开"
WORKBOOK_BROKEN = "{file} 不是能读的工作簿。请用 Excel 或 WPS 打开后另存为 .xlsx 再试"
NO_EDITION_IN_WORKBOOK = "{file} 里没有写明年度方案（“{sheet}”表的“{label}”）。请用 reportgen new 生成的工作簿填报，或用 --edition 指明方案"
SHEET_MISSING = "缺少这张工作表。"
SHEETS_PRESENT = "请从空白工作簿补上，表名要一致。现有：{names}{more}。"
SHEETS_MORE = "等 {count} 张"
HEADING_MISSING = "找不到列标题“{heading}”。"
REMEDY_HEADING = "请恢复标题行里的“{heading}”。"
HEADINGS_MISSING = "找不到 {count} 个列标题：{headings}。"
REMEDY_HEADINGS = "请恢复标题行；从别处整表粘贴的，只粘贴数据，不要盖住标题。"
ROW_MISSING = "找不到“{label}”这一行{here}。"
ROW_IS_OTHER = "（这里现为“{text}”）"
REMEDY_ROW = "请恢复这一行的名称。"
ERROR_VALUE = "{label} 是错误值 {value}。"
REMEDY_ERROR_VALUE = "请改填数字或文字，或修正公式。"
NOT_A_NUMBER_CELL = "{label} 应填数字，现为“{value}”。"
NOT_A_YEAR = "{label} 应填四位年份，现为“{value}”。"
REMEDY_YEAR = "请按 2022 的样子填写。"
REMEDY_TOO_LARGE = "请核对是否多输了几位。"
REMEDY_NUMBER = "请只填数字；没有发生额的填 0 或留空。"
TEXT_NUMBER_NOTE = "{label} 的数字存成了文本，已按数字读取，但 Excel 合计会漏掉它。"
REMEDY_TEXT_NUMBER = "请把单元格改为数字格式后重新输入。"
DASH_NOTE = "{label} 填的是“{value}”，按没有数字读取。"
REMEDY_DASH = "没有数字的，空着就行。"
# the same note about many cells of a sheet, told once
MANY_NOTES = {
    "text-number": "{cells} 等 {count} 格的数字存成了文本，已按数字读取，但 Excel 合计会漏掉它们。",
    "dash": "{cells} 等 {count} 格填的是“-”一类的横线，按没有数字读取。",
}
REMEDIES_MANY = {
    "text-number": "请选中这些单元格，用“转换为数字”（或“分列”）改成数字。",
    "dash": REMEDY_DASH,
}
TO_THE_RIGHT, TO_THE_LEFT = "右", "左"
SHIFTED = "这张表的内容与标题错开了：“{heading}”的标题在 {own} 列，内容在 {seen} 列，向{side}错开了 {count} 列，整张表没有读取。"
REMEDY_SHIFTED = "请把内容移到各自的标题下面；编码分成几列的，先合成一列（如 2080101）。"
TOO_LARGE = "{label} 的数字过大。"
NOT_A_DATE = "{label} 应填日期，现为“{value}”。"
KEY_MERGED = "{label} 与下面的格合并到了 {last}，下面 {count} 行没有自己的{label}，没有读取。"
REMEDY_KEY_MERGED = "请取消合并，每行都填上。"
TOTAL_TWICE = "这一行又是“{label}”，第 {row} 行已经是了，这一行没有读取。"
REMEDY_TOTAL_TWICE = "请只留一行合计。"
FOOT_MISSING = "灰色的提示行被盖住了，表内的公式只算到第 {last} 行，从这一行起的 {count} 行程序读到了，表里没有算进去。"
REMEDY_FOOT_MISSING = "请从空白工作簿重新粘贴：先在提示行之上插入足够的行，再贴数据。"
OUTSIDE = "这一行写在填报的各行之外，没有读取。"
REMEDY_OUTSIDE = "请移到合计行与“需要更多行时”那一行之间；需要更多行时，在那一行之上插入。"
UNREAD = "填了内容，没有读取：不在填报的行和列里，或同一名称的行、列有两个。"
REMEDY_UNREAD = "是数据的，请移到相应的单元格；只是备注的，不用改。"
UNREAD_CELLS = "和 {cells} 等共 {count} 格"
SHEET_COPY = "这张工作表像是【{original}】的副本，没有读取。"
REMEDY_SHEET_COPY = "数据请填在原来的表里，然后删去副本。"
NOT_A_COUNT = "{label} 应填不小于 0 的整数，现为“{value}”。"
NOT_WHOLE = "{label} 的计量单位是{unit}，应填整数，现为“{value}”。"
REMEDY_COUNT = "请核对数字；用“万”计的，请改选计量单位。"
PERCENT_OF = "{label} 的计量单位是{unit}，填的却是百分数“{value}”。"
REMEDY_PERCENT_OF = "请核对数字和计量单位。"
FRACTION = "{label} 按百分比填，现为“{value}”，即百分之{value}。"
REMEDY_FRACTION = "95% 请填 95 或 95%；确是百分之{value}的不用改。"
REMEDY_DATE = "请按 2023-09-15 的样子填写。"
NOT_A_CHOICE = "{label} 不能填“{value}”。"
REMEDY_CHOICE = "请从下拉列表选择：{choices}。"
NOT_A_MARK = "{label} 应填 √ 或留空，现为“{value}”。"
REMEDY_MARK = "请从下拉列表选择 √。"
FORMULA_UNCALCULATED = "{name} 是公式，但没有计算结果。"
REMEDY_FORMULA = "请用 Excel 或 WPS 打开、保存一次，或直接填数字。"
TOTAL_TYPED = "{name} 由程序计算，这里填的数不会采用。"
REMEDY_TOTAL_TYPED = "请清空这个单元格。"
COMPUTED_CELL = "{name} 由程序计算，不能写入"
CELL_CONTROL = "{place} 的文字里有看不见的控制字符，不能写入"
NAME_CONTROL = "--name 里有看不见的控制字符，不能写入"
NAME_TOO_LONG = "--name 有 {length} 个字符，最多 {limit} 个"
NO_TEMPORARY = "写不了临时文件：磁盘或存放临时文件的磁盘已满。请腾出空间后再试"
NO_ROOM = "【{table}】表要写 {count} 行，只留了 {room} 行。请在年度方案里把它的 spare 加大，重新生成工作簿"
TABLE_EMPTY = "《{title}》全部未填。"
REMEDY_TABLE_EMPTY = "请填列本表；确无数据的，至少在一处填 0。"
PRIOR_EMPTY = "《{title}》的上年数全部未填。"
REMEDY_PRIOR_EMPTY = "请填列上年数；上年确无数据的，至少在一处填 0。"
REQUIRED = "{label} 未填。"
REMEDY_REQUIRED = "请填写。"
NO_RECORDS = "《{title}》一行都没有填。"
REMEDY_NO_RECORDS = "请至少填写一行。"
KEY_CELL_MISSING = "这一行没有填“{label}”。"
REMEDY_KEY = "请补填，或清空整行。"
REFERENCE_UNKNOWN = "【{table}】表里没有“{key}”{hint}。"
REMEDY_REFERENCE = "请从下拉列表里选，或先在【{table}】表里填上它。"
UNIT_CELL_MISSING = "“{label}”填了数，本行却没有选计量单位。"
REMEDY_UNIT_CELL = "请在本行选计量单位。"
KEY_CELL_TWICE = "“{key}”出现了两次。"
KEY_CELL_ALIKE = "“{key}”与 {place} 的“{twin}”只有全角、半角的差别，会当成同一个。"
KEY_TOO_LONG = "编号有 {length} 个字符，最多 {limit} 个。"
KEY_CONTROL = "编号里有看不见的控制字符（如换行、制表符）。"
REMEDY_KEY_TEXT = "请改成一个简短的、与别的都不同的编号。"
REMEDY_TWICE = "请合并为一行，或更正其中一行。"
CODE_LENGTH = "编码“{code}”不对。"
REMEDY_CODE = "编码应为 {lengths} 位数字。"
CODE_UNKNOWN = "编码 {code} 不在《{list}》里。"
REMEDY_CODE_UNKNOWN = "请核对编码；确为新增科目的可以不改。"
CODE_NAME = "编码 {code} 的名称是“{listed}”，这里写的是“{text}”。"
REMEDY_CODE_NAME = "请核对编码和名称。"
PRIOR_HEADING = "（上年数）"
