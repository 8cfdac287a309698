"""Every sentence that a user can meet, in Chinese, by the room that says it. Place first, then fault,
then remedy; no word of programming."""

from reportgen.messages.authors import *
from reportgen.messages.checks import *
from reportgen.messages.commands import *
from reportgen.messages.editions import *
from reportgen.messages.findings import *
from reportgen.messages.functions import *
from reportgen.messages.keys import *
from reportgen.messages.language import *
from reportgen.messages.prose import *
from reportgen.messages.reading import *
from reportgen.messages.templates import *
from reportgen.messages.writing import *

PROGRAM = "reportgen"
