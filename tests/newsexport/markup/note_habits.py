"""The one note of the one sentence, as programs that make pages write it. Each calls "Four crowns." behind "Salt"."""

# A call that is a link, and a note below.
LINKED = {
    "pandoc": """<p>Salt<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> is dear.</p>
<section class="footnotes" role="doc-endnotes"><hr/><ol><li id="fn1" role="doc-endnote"><p>Four crowns.<a
href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>""",
    "markdown-it": """<p>Salt<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup> is dear.</p>
<hr class="footnotes-sep"><section class="footnotes"><ol class="footnotes-list"><li id="fn1" class="footnote-item">
<p>Four crowns. <a href="#fnref1" class="footnote-backref">↩︎</a> <a href="#fnref1:1" class="footnote-backref">↩︎</a></p>
</li></ol></section>""",
    "GitHub": """<p>Salt<sup><a href="#user-content-fn-1" id="user-content-fnref-1" data-footnote-ref>1</a></sup> is dear.</p>
<section data-footnotes class="footnotes"><h2 id="footnote-label" class="sr-only">Footnotes</h2><ol>
<li id="user-content-fn-1"><p>Four crowns. <a href="#user-content-fnref-1" data-footnote-backref>↩</a></p></li></ol></section>""",
    "GitHub, its names put in front later": """<p>Salt<sup><a href="#fn-1" id="user-content-fnref-1"
data-footnote-ref>1</a></sup> is dear.</p><section data-footnotes><ol><li id="user-content-fn-1">Four crowns. <a
href="#fnref-1" data-footnote-backref aria-label="Back to reference 1">↩</a></li></ol></section>""",
    "WordPress": """<p>Salt<sup data-fn="b2c" class="fn"><a href="#b2c" id="b2c-link">1</a></sup> is dear.</p>
<ol class="wp-block-footnotes"><li id="b2c">Four crowns. <a href="#b2c-link" aria-label="Jump to 1">↩︎</a></li></ol>""",
    "Easy Footnotes": """<p>Salt<span id="e-1" class="easy-footnote-margin-adjust"></span><span class="easy-footnote"><a
href="#eb-1" title="Four crowns."><sup>1</sup></a></span> is dear.</p><ol><li><span id="eb-1"></span>Four crowns.<a
class="easy-footnote-to-top" href="#e-1"></a></li></ol>""",
    "WP-Footnotes": """<p>Salt<sup><a href="#footnote_0_12" id="identifier_0_12" class="footnote-link
footnote-identifier-link" title="Four crowns.">1</a></sup> is dear.</p><ol class="footnotes"><li id="footnote_0_12"
class="footnote">Four crowns. [<a href="#identifier_0_12" class="footnote-link footnote-back-link">↩</a>]</li></ol>""",
    "Simple Footnotes": """<p>Salt<a class="simple-footnote" title="Four crowns." id="return-note-12-1"
href="#note-12-1"><sup>1</sup></a> is dear.</p><div class="simple-footnotes"><p class="notes">Notes:</p><ol><li
id="note-12-1">Four crowns. <a href="#return-note-12-1">↩</a></li></ol></div>""",
    "FD Footnotes": """<p>Salt<sup class='footnote'><a href='#fn-12-1' id='fnref-12-1' onclick='return fdfootnote_show(12)'
>1</a></sup> is dear.</p><div class='footnotes' id='footnotes-12'><div class='footnotedivider'></div><ol><li
id='fn-12-1'>Four crowns. <span class='footnotereverse'><a href='#fnref-12-1'>↩</a></span></li></ol></div>""",
    "letters, below a table": """<p>Salt<sup><a href="#fn1" id="r1">a</a></sup> is dear.</p><ol class="footnotes"><li
id="fn1">Four crowns. <a href="#r1">↩</a></li></ol>""",
    "Wikipedia": """<p>Salt<sup id="cite_ref-1" class="reference"><a href="#cite_note-1"><span>[</span>1<span>]</span></a></sup>
is dear.</p><div class="mw-heading"><h2>References</h2><span>[edit]</span></div><div class="reflist"><ol class="references">
<li id="cite_note-1"><span class="mw-cite-backlink">^ <a href="#cite_ref-1_0"><sup><i><b>a</b></i></sup></a>
<a href="#cite_ref-1_1"><sup>1.1</sup></a></span> <span class="reference-text">Four crowns.</span></li></ol></div>""",
    "Parsoid": """<p>Salt<sup about="#mwt2" class="mw-ref reference" id="cite_ref-1" typeof="mw:Extension/ref"><a
href="./#cite_note-1" style="counter-reset: mw-Ref 1;"><span class="mw-reflink-text">[1]</span></a></sup> is dear.</p>
<div class="mw-references-wrap"><ol class="mw-references references"><li id="cite_note-1"><span class="mw-cite-backlink"><a
href="./#cite_ref-1" rel="mw:referencedBy"><span class="mw-linkback-text">↑ </span></a></span> <span
id="mw-reference-text-cite_note-1" class="mw-reference-text reference-text">Four crowns.</span></li></ol></div>""",
    "Substack": """<p>Salt<a id="footnote-anchor-1" href="#footnote-1" class="footnote-anchor">1</a> is dear.</p>
<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a>
<div class="footnote-content"><p>Four crowns.</p></div></div>""",
    "Substack, by another address of the page": """<p>Salt<a id="footnote-anchor-1-9" class="footnote-anchor"
href="https://b.example/p/salt#footnote-1-9" target="_self">1</a> is dear.</p><div class="footnote"><a id="footnote-1-9"
href="https://b.example/p/salt#footnote-anchor-1-9" class="footnote-number">1</a><div class="footnote-content"><p>Four
crowns.</p></div></div>""",
    "a numbered foot": """<p>Salt<sup><a href="#footnote-1" id="footnote-ref-1">[1]</a></sup> is dear.</p>
<ol><li id="footnote-1"><p> Four crowns. <a href="#footnote-ref-1">↑</a></p></li></ol>""",
    "EPUB": """<p>Salt<a epub:type="noteref" role="doc-noteref" href="#n1" id="c1">1</a> is dear.</p>
<aside epub:type="footnote" role="doc-footnote" id="n1"><p><a role="doc-backlink" href="#c1">1</a> Four crowns.</p></aside>""",
    "docutils": """<p>Salt<a class="footnote-reference brackets" href="#f1" id="r1" role="doc-noteref"><span>[</span>1<span>]</span></a>
is dear.</p><aside class="footnote brackets" id="f1" role="doc-footnote"><span class="label"><span>[</span><a
role="doc-backlink" href="#r1">1</a><span>]</span></span><p>Four crowns.</p></aside>""",
    "docutils, called twice": """<p>Salt<a class="footnote-reference brackets" href="#f1" id="r1"
role="doc-noteref"><span class="fn-bracket">[</span>1<span class="fn-bracket">]</span></a> is dear.</p><aside
class="footnote-list brackets"><aside class="footnote brackets" id="f1" role="doc-footnote"><span class="label"><span
class="fn-bracket">[</span>1<span class="fn-bracket">]</span></span><span class="backrefs">(<a role="doc-backlink"
href="#r1">1</a>,<a role="doc-backlink" href="#r2">2</a>)</span><p>Four crowns.</p></aside></aside>""",
    "docutils, a definition": """<p>Salt<a class="brackets" href="#f1" id="r1">1</a> is dear.</p><dl class="footnote
brackets"><dt class="label" id="f1"><span class="brackets"><a class="fn-backref" href="#r1">1</a></span></dt><dd><p>Four
crowns.</p></dd></dl>""",
    "docutils, a table": """<p>Salt<a class="footnote-reference" href="#f1" id="r1">[1]</a> is dear.</p><table class="docutils
footnote" frame="void" id="f1" rules="none"><colgroup><col class="label"><col></colgroup><tbody valign="top"><tr><td
class="label"><a class="fn-backref" href="#r1">[1]</a></td><td>Four crowns.</td></tr></tbody></table>""",
    "kramdown": """<p>Salt<sup id="fnref:1" role="doc-noteref"><a href="#fn:1" class="footnote" rel="footnote">1</a></sup> is
dear.</p><div class="footnotes" role="doc-endnotes"><ol><li id="fn:1" role="doc-endnote"><p>Four crowns. <a
href="#fnref:1" class="reversefootnote" role="doc-backlink">&#8617;</a> <a href="#fnref:1:1" class="reversefootnote"
role="doc-backlink">&#8617;<sup>2</sup></a></p></li></ol></div>""",
    "Python-Markdown": """<p>Salt<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup> is dear.</p><div
class="footnote"><hr><ol><li id="fn:1"><p>Four crowns.&#160;<a class="footnote-backref" href="#fnref:1" title="Jump back
to footnote 1 in the text">&#8617;</a></p></li></ol></div>""",
    "markdown2": """<p>Salt<sup class="footnote-ref" id="fnref-salt"><a href="#fn-salt">1</a></sup> is dear.</p><div
class="footnotes"><hr><ol><li id="fn-salt"><p>Four crowns. <a href="#fnref-salt" class="footnoteBackLink" title="Jump back to
footnote 1 in the text.">&#8617;</a></p></li></ol></div>""",
    "MultiMarkdown": """<p>Salt<a href="#fn:1" id="fnref:1" title="see footnote" class="footnote"><sup>1</sup></a> is
dear.</p><div class="footnotes"><hr><ol><li id="fn:1"><p>Four crowns. <a href="#fnref:1" title="return to body"
class="reversefootnote">&#160;&#8617;&#xfe0e;</a></p></li></ol></div>""",
    "Hugo": """<p>Salt<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup> is dear.</p><div
class="footnotes" role="doc-endnotes"><hr><ol><li id="fn:1"><p>Four crowns.&#160;<a href="#fnref:1" class="footnote-backref"
role="doc-backlink">&#x21a9;&#xfe0e;</a></p></li></ol></div>""",
    "Asciidoctor": """<p>Salt<sup class="footnote">[<a id="_footnoteref_1" class="footnote" href="#_footnotedef_1"
title="View footnote.">1</a>]</sup> is dear.</p><div id="footnotes"><hr><div class="footnote" id="_footnotedef_1"><a
href="#_footnoteref_1">1</a>. Four crowns.</div></div>""",
    "Org mode": """<p>Salt<sup><a id="fnr.1" class="footref" href="#fn.1" role="doc-backlink">1</a></sup> is dear.</p><div
id="footnotes"><h2 class="footnotes">Footnotes: </h2><div id="text-footnotes"><div class="footdef"><sup><a id="fn.1"
class="footnum" href="#fnr.1" role="doc-backlink">1</a></sup> <div class="footpara" role="doc-footnote"><p
class="footpara">Four crowns.</p></div></div></div></div>""",
    "Textile": """<p>Salt<sup class="footnote" id="fnrev12-1"><a href="#fn12-1">1</a></sup> is dear.</p><p class="footnote"
id="fn12-1"><a href="#fnrev12-1"><sup>1</sup></a> Four crowns.</p>""",
    "Word": """<p class=MsoNormal>Salt<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><span style='mso-special-character:footnote'>[1]</span></span></a> is dear.</p><div
style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width="33%"><div style='mso-element:footnote'
id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1" title=""><span
class=MsoFootnoteReference>[1]</span></a> Four crowns.</p></div></div>""",
    "Word, pasted": """<p>Salt<a href="#_ftn1" name="_ftnref1">[1]</a> is dear.</p><p><a href="#_ftnref1"
name="_ftn1">[1]</a> Four crowns.</p>""",
    "Google Docs": """<p>Salt<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup> is dear.</p><hr><div><p><a href="#ftnt_ref1"
id="ftnt1">[1]</a><span>&nbsp;Four crowns.</span></p></div>""",
    "LibreOffice": """<p>Salt<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> is
dear.</p><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym"
href="#sdfootnote1anc">1</a>Four crowns.</p></div>""",
    "Drupal": """<p>Salt<a class="see-footnote" id="footnoteref1_ab" title="Four crowns." href="#footnote1_ab">1</a> is
dear.</p><ul class="footnotes"><li class="footnote" id="footnote1_ab"><a class="footnote-label"
href="#footnoteref1_ab">1.</a> Four crowns.</li></ul>""",
    "LessWrong": """<p>Salt<span class="footnote-reference" data-footnote-reference data-footnote-id="ab" role="doc-noteref"
id="fnrefab"><sup><a href="#fnab">[1]</a></sup></span> is dear.</p><ol class="footnote-section footnotes"
role="doc-endnotes"><li class="footnote-item" data-footnote-id="ab" role="doc-endnote" id="fnab"><span
class="footnote-back-link"><sup><strong><a href="#fnrefab">^</a></strong></sup></span><div class="footnote-content"><p>Four
crowns.</p></div></li></ol>""",
    "Obsidian": """<p>Salt<sup data-footnote-id="fnref-1-a" class="footnote-ref" id="fnref-1-a"><a href="#fn-1-a"
class="footnote-link" target="_blank" rel="noopener">[1]</a></sup> is dear.</p><section class="footnotes"><ol><li
data-footnote-id="fn-1-a" id="fn-1-a" class="footnote-item">Four crowns.<a href="#fnref-1-a" class="footnote-backref
footnote-link">↩︎</a></li></ol></section>""",
    "Gwern": """<p>Salt<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> is dear.</p>
<section id="footnotes" class="footnotes" role="doc-endnotes"><div class="section-self-link"><a class="section-self-link"
href="#footnotes"></a></div><ol><li id="fn1" class="footnote"><a class="footnote-self-link" href="#fn1" title="Link to
footnote 1">&nbsp;</a><p>Four crowns.<a href="#fnref1" class="footnote-back" role="doc-backlink">↩</a></p></li></ol></section>""",
    "Quarto": """<div class="page-columns"><p>Salt<a href="#fn1" class="footnote-ref" id="fnref1"
role="doc-noteref"><sup>1</sup></a> is dear.</p><div class="no-row-height column-margin column-container"><div
id="fn1"><p><sup>1</sup>&nbsp;Four crowns.</p></div></div></div>""",
    "a journal": """<p>Salt<sup><a data-track="click" href="#ref-CR1" title="Salt" aria-label="Reference 1">1</a></sup> is
dear.</p><h2>References</h2><ol><li class="references__item" data-counter="1."><p id="ref-CR1">Four crowns.</p></li></ol>""",
    "PubMed": """<p>Salt<sup><a href="#fn1" class="fn">*</a></sup> is dear.</p><div class="fn-group"><div class="fn"
id="fn1"><sup>*</sup><p>Four crowns.</p></div></div>""",
    "by hand": """<p>Salt<sup>[<a name="r1" href="#n1">1</a>]</sup> is dear.</p><h3>Notes:</h3><hr>
<p><sup><a name="n1" href="#r1">1</a></sup> Four crowns.</p>""",
    "by hand, in lines": """<p>Salt [<a href="#f1n"><font color="#ddd">1</font></a>] is dear.</p><b>Notes</b><br><br>[<a
name="f1n"><font color="#000">1</font></a>] Four crowns.<br><br>""",
    "by hand, behind an anchor": """<p>Salt<a href="#note1"><sup>1</sup></a> is dear.</p><a name="note1"></a><p>1. Four
crowns.</p>""",
    "a star": """<p>Salt<a href="#star"><sup>*</sup></a> is dear.</p><p id="star">* Four crowns.</p>""",
    "a definition": """<p>Salt<sup><a href="#d1">1</a></sup> is dear.</p><dl><dt>[1]</dt><dd id="d1">Four crowns.</dd></dl>""",
    "a term": """<p>Salt<sup><a href="#d1">1</a></sup> is dear.</p><dl><dt id="d1">1</dt><dd>Four crowns.</dd></dl>""",
    "a row": """<p>Salt<sup><a href="#d1">1</a></sup> is dear.</p><table><tr id="d1"><td>1</td><td>Four
crowns.</td></tr></table>""",
    "a cell": """<p>Salt<sup><a href="#d1">1</a></sup> is dear.</p><table><tr><td><a name="d1">[1]</a></td><td>Four
crowns.</td></tr></table>""",
    "a saved page": """<p>Salt<sup><a href="https://a.example/news/#n1">1</a></sup> is dear.</p><ol><li id="n1">Four
crowns.</li></ol>""",
    "raised as a whole": """<p>Salt<sup><a href="#fn1" id="ref1">1</a></sup> is dear.</p>
<hr><sup id="fn1">1. Four crowns.<a href="#ref1" title="Jump back to footnote 1 in the text.">↩</a></sup>""",
    "raised at its beginning": """<p>Salt<sup id="ref1"><a href="#fn1">1</a></sup> is dear.</p>
<hr><p><sup id="fn1">1</sup> Four crowns. <a href="#ref1">↩</a></p>""",
    "InDesign": """<p>Salt<span id="footnote-000-backlink"><a class="_idFootnoteLink" href="#footnote-000">1</a></span> is dear.</p>
<section class="_idFootnotes"><aside id="footnote-000" class="_idFootnote"><p><a class="_idFootnoteAnchor" href="#footnote-000-backlink">1</a> Four crowns.</p></aside></section>""",
    "Project Gutenberg": """<p>Salt<a name="FNanchor_1_1" id="FNanchor_1_1"></a><a href="#Footnote_1_1" class="fnanchor">[1]</a> is dear.</p>
<div class="footnote"><p><a name="Footnote_1_1" id="Footnote_1_1"></a><a href="#FNanchor_1_1"><span class="label">[1]</span></a> Four crowns.</p></div>""",
    "TeX4ht": """<p>Salt<span class="footnote-mark"><a href="#fn1x0" id="fn1x0-bk"><sup class="textsuperscript">1</sup></a></span> is dear.</p>
<div class="footnotes"><a id="fn1x0"></a><p class="indent"><span class="footnote-mark"><a href="#fn1x0-bk"><sup class="textsuperscript">1</sup></a></span><span class="ecrm-1000">Four crowns.</span></p></div>""",
    "words in front of the number": """<p>Salt<sup><a href="#n1">Note 1</a></sup> is dear.</p>
<p id="n1">Note 1: Four crowns.</p>""",
    "OpenEdition": """<p>Salt<a class="footnotecall" id="bodyftn1" href="#ftn1">1</a> is dear.</p>
<p class="notesbaspage"><a class="FootnoteSymbol" id="ftn1" href="#bodyftn1">1</a> Four crowns.</p>""",
    "a definition of a journal": """<p>Salt<a name="bfn1" href="#fn1" class="workspace-trigger"><sup>1</sup></a> is dear.</p>
<dl class="footnote"><dt class="footnote-label"><sup>1</sup></dt><dd class="footnote-detail" id="fn1"><p>Four crowns.</p></dd></dl>""",
    "Pressbooks": """<p>Salt<a class="footnote" title="Four crowns." id="return-footnote-1-1" href="#footnote-1-1" aria-label="Footnote 1"><sup class="footnote">[1]</sup></a> is dear.</p>
<hr class="before-footnotes clear"><div class="footnotes"><ol><li id="footnote-1-1">Four crowns. <a href="#return-footnote-1-1" class="return-footnote" aria-label="Return to footnote 1">&crarr;</a></li></ol></div>""",
    "Word, endnotes": """<p>Salt<a href="#_edn1" name="_ednref1">[i]</a> is dear.</p>
<p><a href="#_ednref1" name="_edn1">[i]</a> Four crowns.</p>""",
    "under a bold line": """<p>Salt<sup><a href="#f1">1</a></sup> is dear.</p>
<p><strong>Footnotes</strong></p><p id="f1"><strong>1.</strong> Four crowns.</p>""",
    "a caret": """<p>Salt <a href="#fn1" id="r1">[1]</a> is dear.</p>
<p id="fn1">^ <a href="#r1">1</a> Four crowns.</p>""",
    "a cell with its number": """<p>Salt<sup><a href="#t1">1</a></sup> is dear.</p>
<h4>Notes</h4><table><tbody><tr><td id="t1"><sup>1</sup></td><td><p>Four crowns.</p></td></tr></tbody></table>""",
    "MediaWiki, by its address": """<p>Salt<sup id="cite_ref-a_1-0" class="reference"><a href="/wiki/Salt?x=1#cite_note-a-1">&#91;1&#93;</a></sup> is dear.</p>
<ol class="references"><li id="cite_note-a-1"><span class="mw-cite-backlink"><b><a href="/wiki/Salt?x=1#cite_ref-a_1-0" aria-label="Jump up" title="Jump up">↑</a></b></span> <span class="reference-text">Four crowns.</span></li></ol>""",
    "a number that both have": """<p>Salt<span class="footnote-marker" data-footnote-id="3">1</span> is dear.</p>
<div class="footnotes"><div class="footnote-item" data-footnote-id="3">Four crowns.</div></div>""",
}

# A note that stands beside its call, in an attribute of it, or where a button shows it.
BESIDE = {
    "Tufte": """<p>Salt<label for="sn-1" class="margin-toggle sidenote-number"></label><input type="checkbox" id="sn-1"
class="margin-toggle"><span class="sidenote">Four crowns.</span> is dear.</p>""",
    "Tufte, in the margin": """<p>Salt<label for="mn-1" class="margin-toggle">&#8853;</label><input type="checkbox" id="mn-1"
class="margin-toggle"><span class="marginnote">Four crowns.</span> is dear.</p>""",
    "Tufte, with a number": """<p>Salt<span class="sidenote-wrapper"><label for="sn-0" class="margin-toggle
sidenote-number">1</label><input type="checkbox" id="sn-0" class="margin-toggle"><span class="sidenote">Four
crowns.</span></span> is dear.</p>""",
    "a sidenote that is small": """<p>Salt<sup class="sidenote-ref">1</sup><small class="sidenote" role="note"><sup>1</sup>
Four crowns.</small> is dear.</p>""",
    "typst": """<p>Salt<sup class="footnote-ref"><a class="footnote-ref-link" href="#fn-1" id="fnref-1">1</a></sup><span
class="marginnote" id="fn-1"><sup><a class="footnote-ref-link" href="#fnref-1">1</a></sup> Four crowns.</span> is dear.</p>""",
    "LaTeXML": """<div class="ltx_para"><p class="ltx_p">Salt<span class="ltx_note ltx_role_footnote" id="footnote1"><sup
class="ltx_note_mark">1</sup><span class="ltx_note_outer"><span class="ltx_note_content"><sup
class="ltx_note_mark">1</sup><span class="ltx_tag ltx_tag_note">1</span>Four crowns.</span></span></span> is
dear.</p></div>""",
    "Modern Footnotes": """<p>Salt<sup class="modern-footnotes-footnote" data-mfn="1"><a href="javascript:void(0)"
title="Four crowns." role="button" aria-pressed="false" aria-describedby="mfn-content-1">1</a></sup><span id="mfn-content-1"
role="tooltip" class="modern-footnotes-footnote__note" tabindex="0" data-mfn="1">Four crowns.</span> is dear.</p>""",
    "Modern Footnotes, listed again": """<p>Salt<sup class="modern-footnotes-footnote" data-mfn="1"><a
href="javascript:void(0)" role="button" aria-describedby="mfn-content-1">1</a></sup><span id="mfn-content-1" role="tooltip"
class="modern-footnotes-footnote__note" tabindex="0" data-mfn="1">Four crowns.</span> is dear.</p><h3
class="modern-footnotes-list-heading">Notes</h3><ul class="modern-footnotes-list"><li><span>1</span><div>Four
crowns.</div></li></ul>""",
    "Footnotes, which moves by script": """<p>Salt<span class="footnote_referrer"><a role="button" tabindex="0"
onclick="footnote_moveToReference_1_1('footnote_plugin_reference_1_1_1');"><sup id="footnote_plugin_tooltip_1_1_1"
class="footnote_plugin_tooltip_text">[1]</sup></a><span id="footnote_plugin_tooltip_text_1_1_1"
class="footnote_tooltip">Four cr… <span class="footnote_tooltip_continue">Continue reading</span></span></span> is dear.</p>
<div class="speaker-mute footnotes_reference_container"><div class="footnote_container_prepare"><p><span
class="footnote_reference_container_label">References</span></p></div><div id="footnote_references_container_1_1"><table
class="footnotes_table"><caption class="accessibility">References</caption><tbody><tr class="footnotes_plugin_reference_row"><th
scope="row" id="footnote_plugin_reference_1_1_1" class="footnote_plugin_index"><a class="footnote_backlink"><span
class="footnote_index_arrow">&#8593;</span>1</a></th><td class="footnote_plugin_text">Four crowns.</td></tr></tbody></table>
</div></div>""",
    "Distill": """<p>Salt<d-footnote>Four crowns.</d-footnote> is dear.</p>""",
    "Distill, drawn": """<p>Salt<d-footnote id="d-footnote-1"><template shadowrootmode="open"><style>sup { color: red }</style>
<d-hover-box></d-hover-box><sup><span id="fn-" data-hover-ref="">1</span></sup></template>Four crowns.</d-footnote> is
dear.</p>""",
    "Prince": """<p>Salt<span class="footnote">Four crowns.</span> is dear.</p>""",
    "littlefoot": """<p>Salt<sup id="fnref:1" class="littlefoot--print"><a href="#fn:1" rel="footnote">1</a></sup><span
class="littlefoot littlefoot--container"><button aria-controls="fncontent:1" aria-expanded="false" aria-label="Footnote 1"
class="littlefoot__button" id="1" title="See Footnote 1"><svg role="img"></svg></button></span> is dear.</p><div
class="footnotes littlefoot--print"><hr><ol><li class="footnote littlefoot--print" id="fn:1"><p>Four crowns.<a
href="#fnref:1" class="littlefoot--print">&#8617;</a></p></li></ol></div>""",
    "bigfoot": """<p>Salt<sup id="fnref:1"><div class='bigfoot-footnote__container'> <button class="bigfoot-footnote__button"
rel="footnote" id="" data-footnote-number="1" data-footnote-identifier="1" alt="See Footnote 1"
data-bigfoot-footnote="&lt;p&gt;Four crowns.&lt;/p&gt;"> <svg></svg></button></div></sup> is dear.</p><div
class="footnotes" style="display: none;"><ol><li style="display: none;"><p>Four crowns.</p></li></ol></div>""",
    "an attribute": """<p>Salt<a class="footnote-link" data-footnote-id="1" href="#" data-footnote-content="Four
crowns."><sup>1</sup></a> is dear.</p>""",
    "an attribute of a mark": """<p>Salt<sup class="footnote" data-footnote="Four crowns.">1</sup> is dear.</p>""",
    "an attribute of nothing": """<p>Salt<span class="footnote" data-note="Four crowns."></span> is dear.</p>""",
    "a tooltip": """<p>Salt<sup class="tooltip" title="Four crowns.">1</sup> is dear.</p>""",
    "Bootstrap": """<p>Salt<a tabindex="0" role="button" data-bs-toggle="popover" data-bs-trigger="focus" data-bs-html="true"
data-bs-content="Four &lt;em&gt;crowns&lt;/em&gt;."><sup>1</sup></a> is dear.</p>""",
    "a popover": """<p>Salt<button popovertarget="note-1" class="note-call">1</button> is dear.</p><div id="note-1"
popover>Four crowns.</div>""",
    "a button that controls": """<p>Salt<button type="button" aria-expanded="false" aria-controls="foot-1">[1]</button> is
dear.</p><aside id="foot-1" hidden>Four crowns.</aside>""",
    "a dialog": """<p>Salt<sup><button commandfor="n-1" command="show-modal">1</button></sup> is dear.</p><dialog
id="n-1"><p>Four crowns.</p><form method="dialog"><button>Close</button></form></dialog>""",
    "a hidden list": """<p>Salt<sup><a href="#fn1">1</a></sup> is dear.</p><ol hidden><li id="fn1" style="display:none">Four
crowns.</li></ol>""",
    "a folded mark": """<p>Salt<details class="footnote"><summary>1</summary>Four crowns.</details> is dear.</p>""",
    "within its call": """<p>Salt<span class="footnote" tabindex=0>1<span class="footnote-popup">Four crowns.</span></span> is dear.</p>""",
    "within what is raised": """<p>Salt<sup class="fn">1<span class="fn-text">Four crowns.</span></sup> is dear.</p>""",
    "an abbreviation": """<p>Salt<abbr class="footnote" title="Four crowns.">1</abbr> is dear.</p>""",
    "Quarto, in the margin": """<p>Salt<span class="aside">Four crowns.</span> is dear.</p>""",
    "Tufte, numbered within": """<p>Salt<label for="s1" class="sidenote-toggle sidenote-number"></label><input type=checkbox id=s1 class="sidenote-toggle"><span class="sidenote"><span class="sidenote-number">1</span> Four crowns.</span> is dear.</p>""",
    "Bootstrap, of old": """<p>Salt<sup><a href="#" class="fn-toggle" data-toggle="tooltip" data-original-title="Four crowns.">1</a></sup> is dear.</p>""",
}

# Nothing in the markup; a convention of print.
PRINTED = {
    "brackets": """<p>Salt[1] is dear.</p><p>[1] Four crowns.</p>""",
    "brackets, behind a line": """<p>Salt [1] is dear.</p><hr><p>[1] Four crowns.</p>""",
    "raised numbers": """<p>Salt<sup>1</sup> is dear.</p><hr><p><sup>1</sup> Four crowns.</p>""",
    "raised numbers and a list": """<p>Salt<sup>1</sup> is dear.</p><h2>Notes</h2><ol><li>Four crowns.</li></ol>""",
    "a star": """<p>Salt* is dear.</p><p>* Four crowns.</p>""",
    "a star that touches": """<p>Salt* is dear.</p><p><em>*Four crowns.</em></p>""",
    "a dagger": """<p>Salt† is dear.</p><p>† Four crowns.</p>""",
    "numbers with points under a line": """<p>Salt<sup>1</sup> is dear.</p>
<p><strong>Notes</strong></p><p>1. Four crowns.</p>""",
    "raised brackets": """<p>Salt<sup>[1]</sup> is dear.</p>
<hr><p><sup>[1]</sup> Four crowns.</p>""",
    "brackets and a list": """<p>Salt[1] is dear.</p>
<h3>Footnotes</h3><ol><li>Four crowns.</li></ol>""",
    "lines of one paragraph": """<p>Salt[1] is dear.</p>
<p>Notes:<br>[1] Four crowns.</p>""",
}
