"""Texts with citations."""

PROSE_FAULT = "文字里的引用有误：{fault}"
REMEDY_CITED = "；请先填写所引用的单元格。"
REMEDY_PROSE = "；请改正【】里的名称；不是引用的，请换用其他括号。"
PROSE_CITES_PROSE = "“{source}”是一段文字，不能引用到另一段文字里"
FORMAT_NEEDS_NUMBER = "|{format} 只能用于数字，“{value}”不是"
NOT_GROUPED = "|{format} 只能用于印成数字的数，“{value}”是大写金额或年份"
FORMAT_NEEDS_DATE = "|日期 只能用于日期，“{value}”不是"
NOT_PRINTABLE = "“{value}”是一张表或一行，不能直接打印"
CASE_WITHOUT_WORDING = (
    "用语“{phrase}”没有写“{case}”的情形。请在 edition.toml 的 [wording.{phrase}] 补上"
)
CASE_HAS_NO_RATE = "用语“{phrase}”的情形“{case}”里没有“{name}”可用"
NO_REASON = "“{column}”没有任何一条原因打 √"
NO_LINE = "“{column}”没有可以列出的文字"
NO_ITEM = "{columns} 都是 0，没有可以列出的"
NO_SUCH_ORDINAL = "没有第 {level} 级序号，可用 0 至 {last}"
SPECIMEN_TEXT = "样例文字"
SAMPLE_TEXT, SAMPLE_KEY = "〔{label}〕", "示例{n}"
CASE_RISE, CASE_FALL, CASE_UNCHANGED = (
    "比上年增加、低于预算",
    "比上年减少、高于预算",
    "与上年、预算持平",
)
CASE_NO_PRIOR, CASE_NO_BUDGET, CASE_EMPTY, CASE_LARGE = (
    "没有上年数",
    "预算为 0",
    "空表",
    "上亿元的数",
)
PREVIEW_CASE, PREVIEW_SAME = "情形{n}：{case}", "情形{n}：{case}（与“{same}”相同）"
PREVIEW = "预览"
