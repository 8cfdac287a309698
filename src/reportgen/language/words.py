"""The language's own words: what templates, formulas and workbooks say whatever the edition is
about.

Names of sheets, fields and sections belong to an edition and never stand in this package; the
words below are the only ones that do. A test holds the package to this list.
"""

# Members that every value or table of the right kind has.
PRIOR = "上年"  # of a number: last year's
CHANGE_WORD, RATE_WORD = "增减", "升降"  # of a number: 增加/减少, 增长/下降
CHANGE_AMOUNT, CHANGE_RATE = "增减额", "增减率"
COMPLETED = "完成率"  # of a number: its share of what it is measured against, as a number
ROWS = "行"  # of a table with fixed rows: its rows as printed
RECORD = "行"  # in formulas and loops: the record, or the row, at hand
LEVELS = (
    "分级"  # of a table with codes: the rows of every level, subtotals that nobody typed included
)
TYPED = "填列"  # of a table with codes: the total row and every row that somebody typed
TOTALS = "总计"  # of a table with open rows: the total row
LEVEL = "层级"  # of a row: 1 for the top level; the detail level is the deepest
EMPTY = "空表"  # of a received table: nothing was filled in
EMPTY_NOTE = "空表说明"  # of a table that may be empty: the sentence that says so
CODE = "编码"  # of a fixed row: its code in an official classification
LABEL = "行名"  # of a fixed row: its label, without 一、 and the like
PLACE = "序号"  # of a record: its place among those that are printed, in two digits
BUDGET = "预算"  # of a number: what it is measured against
BUDGET_ORDER = "较预算"  # of a number: 大于, 小于 or 等于 its budget

# Formats (filters) that are no unit of the edition.
TABLE, BARE, OWN_UNIT, CAPITALS, DATE = "表", "数", "原单位", "大写", "日期"
THOUSANDS = "千分位"  # after another format or alone: 31,980.03
YUAN = "元"  # the dimension of money: what 大写 can spell
YEAR = "年"  # the unit of years, which every edition has

# Functions.
SUM, MIN, MAX, ABS, ROUND = "sum", "min", "max", "abs", "round"
COUNT = "计数"
AVERAGE = "平均"
SORT, FIRST = "排序", "前"  # of rows: in the order of a column, and the first so many
LENGTH = "字数"  # of a text: how many characters; 0 where nothing is filled in
DAYS = "天数"  # from one date to another
SUM_IF = "条件和"  # of a column over the rows where another one says something
MENTIONS = "含词"  # of a text: how many of the words it contains
FILLED_COUNT = "已填数"  # how many of some cells are filled in
YEAR_OF = "年份"  # of a date
LACKING = "缺项"  # of tables within a record: which of them are not filled in
BELOW = "下级"  # of a column and a code: the sum of the detail rows under it
VERSUS_PRIOR, VERSUS, VERSUS_BUDGET, SHARE, COMPLETION = (
    "比上年",
    "比较",
    "比预算",
    "占比",
    "完成率",
)
EXECUTION_RATE, EXECUTION_SCORE = "执行率", "执行得分"
INDICATOR_SCORE, GRADE, FULL = "指标得分", "等次", "满分"
SCORING_VERBS = (EXECUTION_RATE, EXECUTION_SCORE, INDICATOR_SCORE, GRADE, FULL)
LIST_REASONS = "列举"
JOIN = "连写"  # of a text: its lines as parts of one sentence, 甲、乙
LIST_ITEMS = "分列"  # of fixed rows: 办公费2.41万元、印刷费0.93万元, those of 0 left out
ORDINAL = "次"
ITEMISE = "分条"  # of a text: its lines as numbered paragraphs
TICK = "勾选"  # of what was chosen and a choice: ☑ or □
MERGE = "纵并"  # format of a cell: one cell with those above it that say the same
INSERT, INSERT_ON, INSERT_END = (
    "插入",
    "续",
    "插入完",
)  # another section file; its numbering goes on

# What templates alone may loop over: the headings of the document being written.
CONTENTS = "目录"
CONTENTS_TEXT = "标题"  # of a heading, which has a 层级 too

# What every loop of a template knows of itself: the number of the round, counted over what is
# printed, and whether it is the last.
ROUND_NUMBER, LAST_ROUND = "序", "末"
OF_LOOPS = (ROUND_NUMBER, LAST_ROUND)

# Which way an indicator goes.
AT_LEAST, AT_MOST, EXACTLY, QUALITATIVE = "≥", "≤", "=", "定性"

# The styles of base.docx that tables get whose styles a program added by itself.
STYLE_OF_CELLS, STYLE_OF_HEADS = "表格文字", "表头"

# Tests, after `is`.
FILLED, SAME = "已填", "同"

# The cases of a comparison, as an edition's wording names them.
RISE, FALL, UNCHANGED, ZERO_BASE, SIGN_CHANGE = "增", "减", "平", "零基数", "变号"
POINTS_UP, POINTS_DOWN = "升点", "降点"
NORMAL, ZERO_WHOLE = "一般", "零分母"

# What the wording of a case may cite.
CASE_CURRENT, CASE_BASE, CASE_DIFFERENCE, CASE_RATE = "本数", "基数", "差", "率"

# What the reading program adds to every workbook.
GUIDE, INDEX, AUDIT, LISTS = "填表说明", "目录", "审核", "字典"
LINE_NUMBERS = "栏次"  # the row of numbers that official tables carry under their headings
# how the rows begin that stand under the records of a table
FOOT = ("↑需要更多行时", "填表人：")
REMARKS = ("注：", "备注：", "说明：")  # how rows of remarks begin that official tables carry
CHECK_COLUMN, EDITION_LABEL = "检查", "年度方案"
MARK = "√"
TICKED, UNTICKED = "☑", "□"

# Verdicts, the same in the workbook and in the program.
BALANCED, ROUNDING, OFF, UNFILLED = "平衡", "尾差", "差", "未填"
MET, NOT_MET = "符合", "不符"
TEXT_NUMBER, NOT_COMPUTABLE = "文本数字", "无法计算"
FRACTION = "查百分比"  # in the workbook alone: a formula does not see that 0.95 was typed as 95%
