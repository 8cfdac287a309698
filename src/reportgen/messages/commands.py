"""The option parser and the commands."""

PARSER_WORDS = (
    (r"^Usage: ", "用法："),
    (r"^Options:$", "选项："),
    (r"^Arguments:$", "参数："),
    (r"^Commands:$", "命令："),
    (r"\[OPTIONS\]", "[选项]"),
    (r"\bCOMMAND \[ARGS\]\.\.\.", "命令 [参数]..."),
    (r"Show this message and exit\.", "显示这段说明"),
    (r"\[required\]", "[必写]"),
    (r"\[default: ([^\]]*)\]", r"[默认：\1]"),
    (r" <(path|str|int|list\[Path\])>", ""),
    (r"\[(\d+)<=x<=(\d+)\]", r"[\1 至 \2]"),
)
ARGUMENT_MISSING = "没有写“{name}”"
ARGUMENT_BAD = "“{name}”不能这样写，应为：{takes}"
ARGUMENT_EXTRA = "多写了：{name}"
NO_OPTION = "没有选项 {name}{hint}"
NO_COMMAND = "没有命令“{name}”{hint}"
OPTION_WITHOUT_VALUE = "选项 {name} 后面要写一个值"
COMMAND_UNCLEAR = "命令的写法不对"
SEE_HELP = "看说明：{command} --help"
INTERRUPTED = "已中断。已经写好的文件都是完整的，重新运行即可"
SYSTEM_REFUSES = "没有做完：{reason}"

DECISION_CLEAN = "没有发现问题，可以生成。"
DECISION_NOTES = "没有必须改的问题，有 {warnings} 处请核实、{notes} 处提示；可以生成。"
DECISION_ERRORS = "还有 {errors} 处必须改、{warnings} 处请核实、{notes} 处提示；改完可生成。"
SEVERITY_HEADINGS = {"error": "必须改", "warning": "请核实", "note": "提示"}
BUILT = "已生成 {file}"
NEW_WRITTEN = "已生成空白工作簿 {file}。请按“填表说明”填写。"
FILE_EXISTS = "{file} 已经存在，没有覆盖。请换一个文件名，或先移走它"
OUTPUT_BUSY = "另一个 reportgen 正在往 {folder} 里写，等了 {seconds} 秒还没有写完。请稍后再试"
OUTPUT_REMOVED = "已删去 {file}：工作簿不再要这份文件（项目删去、改名，或标为不公开）"
OUTPUT_LEFT = "请自行删去 {file}：工作簿不再要这份文件（项目删去、改名，或标为不公开），它在生成以后被人改过，所以没有删"
OUTPUT_EDITED = (
    "{file} 在生成以后被人改过，没有覆盖。要放弃那些改动，请加 --force；要保留，请先移走或改名"
)
FILE_TWICE = (
    "有两份文件要写成同一个名称：{file}。请在年度方案的文件名（document.file）里加上能区分的项"
)
FILE_NUMBERED = "另有一份文件也叫 {file}，这一份写作 {other}。"
REMEDY_FILE_NUMBERED = "要文件名不带序号，请把两行写得不同。"
PROJECT_UNKNOWN = "没有项目“{name}”{hint}（不公开的没有文件）"
PROJECT_TWICE = "有 {count} 个项目叫“{name}”，请写编号：{keys}"
NOT_BUILT = "未生成 {file}：有 {count} 处必须改"
NOT_RENDERED = "未生成 {file}：{fault}"
PRINT_MISSING = "{name} 未填，而 {where}要印出它。"
PRINT_PLACES = "{first}等 {count} 处"
PRINT_FAULT = "{fault}，所以 {where}印不出来。"
REMEDY_PRINT = "请核对这张表。"
REMEDY_FILE_NAME = "。请改短或改正文件名所用的名称。"
RENDER_STOPPED = "没有生成，有 {count} 处填不出来：\n{faults}"
EXPLAIN_NOTHING = "不能说明“{text}”：{hint}\n请写名称（表.项）、算式，或报告里印出的数。"
EXPLAIN_NOT_PRINTED = "报告里没有印出“{text}”这样的数。请照报告里的样子写，如 36.44%"
EXPLAIN_STOPPED = "工作簿还有必须改的问题，报告还没有生成，查不到印出的数。请先运行 reportgen check"
EXPLAIN_PRINTED = "报告里打印“{text}”的地方：{count} 处"
EXPLAIN_BLANK = "未填"
EXPLAIN_TOTAL = "（空，由各分项求和）"
FILE_NAME_FAULT = "文件名“{pattern}”填不出来：{fault}"
FILE_NAME_EMPTY = "文件名“{pattern}”填出来是空的"
EDITED_PARAGRAPH = "  {place}：{text}"
EDITED_EMPTY = "（空）"
EDITED_MORE = "  …等 {count} 处"
EDITED_LOST = "  删去了 {count} 段"
EDITED_NO_TEXT = (
    "  正文各段的文字与生成时相同：只是重新保存过，或改了格式、空格、图片、页眉页脚、批注等"
)
EDITED_UNREADABLE = "  读不出它现在的正文，列不出改了哪里"

# the reference page of commands
COMMANDS_PAGE = """# 命令

每个命令都能加 `--help` 看说明。退出码：0 没有要改的；1 有“必须改”的；2 文件或参数不能用。
"""
