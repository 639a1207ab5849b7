"""A day that was moved in the schedule is told nowhere as it was."""

from dataclasses import replace
from datetime import date

from knowledge.answering.library import Library
from knowledge.answering.verdicts import Asker
from knowledge.documents import Document
from knowledge.programme.values import Programme
from knowledge.reading.files import read_file

NOTICE = """<html><body><h1>云岭省教育厅关于开展2026年教师线上研修的通知</h1>
<p>云教函〔2026〕9号</p>
<p>各市教育局：现将有关事项通知如下。</p><h2>一、任务安排</h2>
<table><tr><th>角色</th><th>网络学习（11月20日-12月20日）</th></tr>
<tr><td>学员</td><td>1.提交作业：12月10日前提交课例作业一份。2.观看视频：看完全部课程视频。</td></tr>
<tr><td>组长</td><td>1.组织报到：11月25日前督促组员全部报到。</td></tr></table>
<p>云岭省教育厅</p><p>2026年11月1日</p></body></html>"""


def moved(programme: Programme) -> Programme:
    """组织报到 three days later."""
    [stage] = programme.stages
    tasks = tuple(
        replace(task, due=date(2026, 11, 28), due_text="11月28日前", detail="督促组员全部报到。")
        if task.title == "组织报到"
        else task
        for task in stage.tasks
    )
    return replace(programme, stages=(replace(stage, tasks=tasks),))


def test_the_table_of_a_replaced_programme_says_nothing_any_more() -> None:
    document = read_file("通知.html", NOTICE.encode())
    [programme] = document.programmes
    loaded = Document("改过的.yaml", programmes=(moved(programme),))
    asker = Asker(today=date(2026, 11, 22), role="组长")

    before = Library([document]).ask("组长督促组员全部报到是哪天", asker)
    after = Library([document, loaded]).ask("组长督促组员全部报到是哪天", asker)

    assert "11月25日" in before.text
    assert "11月28日" in after.text
    assert "11月25日" not in after.text
