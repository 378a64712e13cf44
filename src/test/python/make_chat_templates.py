"""Freezes what transformers makes of chat templates, for the tests of the package text.chat:
python3 src/test/python/make_chat_templates.py

Each case is a template, with the settings of Jinja that transformers uses, and the text that it makes; or null where
Jinja refuses. Made with Python 3.11, transformers 5.24, Jinja 3.1.
"""

import datetime
import json
import pathlib

import jinja2
import transformers
from transformers.utils import chat_template_utils

TARGET = pathlib.Path(__file__).parents[1] / "resources" / "text" / "chat" / "templates.json"
VARIABLES = {
    "messages": [
        {"role": "system", "content": "  Be brief.\n"},
        {"role": "user", "content": "Xin chào \"bạn\" <b> 🙂\tới\\n", "parts": [{"type": "text", "text": " a "}]},
        {"role": "assistant", "content": "<think>\nhm\n</think>\n\nYes.", "calls": []},
    ],
    "bos_token": "<s>", "add_generation_prompt": True, "thinking": False, "nothing": None,
    "numbers": [3, 1, 2], "half": 0.5, "people": {"An": 1, "Hoa": 2}, "empty": "",
}
TEMPLATES = [
    # white space around marks
    "a\n  {% if true %}\n  b\n  {% endif %}\nc\n", "a {% if true %} b {% endif %} c", "a\n  {%- if true -%}  b {%- endif -%}\n c",
    "  {% if true %}x{% endif %}", "{{ 'a' }}  {% if true %}x{% endif %}", "{{ 'a' }}\n{{ 'b' }}\n\n", "a\n{#- gone -#}\nb", "a {# gone #}\n b",
    "  {# gone #}\nb", "{%+ if true %}a{%+ endif %}", "{% if true +%}\na{% endif %}", "\n{%- set x = 1 %}\n  {{- x }}", "x\r\n{% if true %}\r\ny{% endif %}",
    "{{ '%}' }}{{ '}}' }}", "{% if true %}{% endif %}\n\n\nend", "a\n\n   {% if true %}\n\n b{% endif %}",
    # loops
    "{% for m in messages %}{{ loop.index }}{{ loop.index0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.revindex }}{{ loop.revindex0 }},{% endfor %}",
    "{% for m in messages if m.role != 'user' %}{{ loop.index }}{{ m.role }}{% if not loop.last %}, {% endif %}{% endfor %}",
    "{% for m in [] %}x{% else %}none{% endfor %}", "{% for k, v in people.items() %}{{ k }}={{ v }};{% endfor %}", "{% for k, v in people|items %}{{ k }}={{ v }};{% endfor %}",
    "{% set x = 0 %}{% for n in numbers %}{% set x = n %}{{ x }}{% endfor %}{{ x }}", "{% set ns = namespace(x=0) %}{% for n in numbers %}{% set ns.x = ns.x + n %}{% endfor %}{{ ns.x }}",
    "{% for i in range(3) %}{{ i }}{% endfor %}{% for i in range(5, 1, -2) %}{{ i }}{% endfor %}{% for i in range(1, 3) %}{{ i }}{% endfor %}",
    "{% for m in messages[::-1] %}{{ m.role }} {% endfor %}", "{% for m in messages %}{% for n in numbers %}{{ loop.index }}{% endfor %}{{ loop.index }}|{% endfor %}",
    "{% for m in messages %}{{ loop.previtem.role if loop.previtem is defined else '-' }}>{{ m.role }}>{{ loop.nextitem.role if loop.nextitem else '-' }} {% endfor %}",
    "{% for c in 'ới🙂' %}[{{ c }}]{% endfor %}", "{% for k in people %}{{ k }}{% endfor %}",
    # items and parts
    "{{ messages[0].role }}{{ messages[-1]['role'] }}{{ messages[1:]|length }}{{ messages[:-1][0].role }}{{ numbers[::2] }}{{ numbers[-2:] }}{{ numbers[5:] }}",
    "{{ 'hello'[1:3] }}{{ 'hello'[::-1] }}{{ 'hello'[-1] }}{{ 'hello'[:-2] }}", "{{ messages[1].parts[0].text }}", "{{ messages[9] is defined }}", "{{ messages[0].none is defined }}{{ messages[0].none }}",
    "{{ messages[9].role }}", "{{ nobody.role }}", "{{ nobody }}", "{{ people.An }}{{ people['Hoa'] }}", "{{ numbers.0 }}",
    # operators
    "{{ 1 + 2 * 3 - 4 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 7 / 2 }} {{ 1.5 + half }} {{ -2 + 1 }} {{ 2 - -2 }}",
    "{{ 'a' ~ 1 ~ none ~ true }}", "{{ 'a' + 'b' * 3 }}", "{{ [1] + [2, 'x'] }}", "{{ 'a' + 1 }}", "{{ nobody + 'x' }}", "{{ 'a' 'b' }}",
    "{{ 1 < 2 < 3 }}{{ 1 < 2 > 3 }}{{ 1 == 1.0 }}{{ 'a' != 'b' }}{{ 'a' < 'b' }}{{ 2 >= 2 }}{{ 1 <= 0 }}", "{{ 1 in numbers }}{{ 9 not in numbers }}{{ 'ell' in 'hello' }}{{ 'An' in people }}{{ 'x' in nobody }}",
    "{{ not true }}{{ not '' }}{{ true and 'x' }}{{ '' or 'y' }}{{ false or none }}{{ not 1 == 2 }}", "{{ (messages[0].role == 'user') != (1 % 2 == 0) }}",
    "{{ 'x' if false else 'y' }}{{ 'x' if true }}{{ 'x' if false }}{{ 'a' if false else 'b' if false else 'c' }}", "{{ 1 if true else 2 + 3 }}",
    "{{ {'a': [1, none], \"b\": true}['a'] }}", "{{ (1, 2)|length }}{{ (1,)|length }}{{ ()|length }}", "{{ [1, 'a', none, true, 1.5, {'k': \"it's\"}] }}", "{{ 1 / 0 }}", "{{ True }}{{ None }}{{ False }}",
    # tests
    "{{ nobody is defined }}{{ nothing is defined }}{{ nothing is none }}{{ nothing is not none }}{{ nobody is undefined }}{{ not nobody is defined }}",
    "{{ empty is string }}{{ 1 is number }}{{ people is mapping }}{{ numbers is iterable }}{{ 'a' is iterable }}{{ 1 is iterable }}{{ numbers is sequence }}{{ thinking is false }}{{ thinking is true }}{{ 1 is true }}{{ true is boolean }}{{ 1 is integer }}{{ 1.0 is float }}{{ 2 is even }}{{ 3 is odd }}{{ true is number }}",
    "{{ 1 is eq 1 }}{{ 1 is eq(2) }}{{ 'a' is in 'abc' }}{{ 1 is ne 1 }}", "{{ thinking is defined and thinking is false }}", "{{ messages[0].content is string and not(messages[0].content.startswith('<'))}}",
    # filters
    "{{ messages[0].content|trim }}|{{ ' x '|trim ~ '.' }}", "{{ 'a' + ' b ' | trim + 'c' }}", "{{ messages[1]|tojson }}", "{{ messages|tojson(indent=2) }}", "{{ [1, 0.5, none, true, {}, []]|tojson }}", "{{ {'a': {}}|tojson(indent=4) }}",
    "{{ numbers|join(', ') }}{{ numbers|join }}", "{{ numbers|first }}{{ numbers|last }}{{ numbers|length }}{{ 'ới🙂'|length }}{{ people|count }}{{ nobody|length }}",
    "{{ 'aBc'|upper }}{{ 'aBc'|lower }}{{ 'aBc dE'|capitalize }}", "{{ 'aab'|replace('a', 'x') }}", "{{ nobody|default('d') }}{{ nobody|d }}{{ empty|default('e') }}{{ empty|default('e', true) }}",
    "{{ 3|string + 'x' }}{{ '12'|int + 1 }}{{ 'x'|int }}{{ 2.9|int }}", "{{ 'abc'|list }}{{ 'abc'|reverse }}{{ numbers|reverse|list }}",
    "{{ messages|selectattr('role', 'equalto', 'user')|list|length }}{{ messages|rejectattr('role', 'eq', 'user')|map(attribute='role')|join(',') }}{{ messages|selectattr('parts')|list|length }}", "{{ numbers|map('string')|join('-') }}{{ 'x'|safe }}",
    # methods
    "{{ messages[2].content.split('</think>')[-1].lstrip('\\n') }}|{{ messages[2].content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') }}", "{{ ' a b '.split() }}{{ 'a,b,c'.split(',', 1) }}{{ ''.split() }}{{ ''.split(',') }}{{ 'a..b'.split('.') }}",
    "{{ '  x '.strip() }}|{{ 'xxaxx'.strip('x') }}|{{ '\\n\\nx\\n'.strip('\\n') }}|{{ ' x '.lstrip() }}|{{ ' x '.rstrip() }}|", "{{ 'abc'.startswith('ab') }}{{ 'abc'.endswith('x') }}{{ 'a'.upper() }}{{ 'A'.lower() }}{{ 'ab'.replace('a', '') }}",
    "{{ people.get('An') }}{{ people.get('x') }}{{ people.get('x', 0) }}{{ people.keys()|list }}{{ people.values()|list }}",
    # set, functions, the rest
    "{% set x %}a{{ 1 }}b{% endset %}[{{ x }}]", "{% set x = 'a' %}{% if true %}{% set x = 'b' %}{% endif %}{{ x }}", "{{ strftime_now('%d %b %Y, %B %m%%') }}", "{{ raise_exception('no') }}", "{% if false %}{{ raise_exception('no') }}{% endif %}ok",
    "{% if 1 == 2 %}a{% elif 1 == 1 %}b{% else %}c{% endif %}{% if false %}a{% elif false %}b{% else %}c{% endif %}", "{{ \"a\\tb\\\\c\\'d\\\"e\" }}", "{{ 'ộ\\u1ed9' }}", "{{ bos_token }}{{ '<|im_start|>' + messages[0]['role'] + '\\n' }}",
    "{% if thinking is defined and not thinking %}{{- '\\n' }}{% endif %}", "{{ namespace(a=1).a }}", "{%- if messages[0].calls %}x{%- endif %}{%- if messages[2].calls is defined %}y{%- endif %}",
    # not templates
    "{% if true %}", "{{ 1", "{% endif %}", "{{ }}", "{{ 'a }}", "{{ (1 }}", "{% for x %}{% endfor %}", "{{ 1 | nofilter }}", "{{ a is notest }}", "{# open",
]


class Today:
    @staticmethod
    def now():
        return datetime.datetime(2026, 11, 28)


def rendered(template):
    try:
        return chat_template_utils._compile_jinja_template(template).render(**VARIABLES)
    except (jinja2.TemplateError, TypeError, ZeroDivisionError, ValueError):
        return None


if __name__ == "__main__":
    chat_template_utils.datetime = Today
    cases = [{"template": template, "text": rendered(template)} for template in TEMPLATES]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps({"variables": VARIABLES, "cases": cases}, indent=1, ensure_ascii=False) + "\n")
    print(len(cases), "cases", sum(case["text"] is None for case in cases), "refused")
