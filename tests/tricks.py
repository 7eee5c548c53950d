"""Words that are not what they look like, and words of medicine that are."""

INVISIBLE = [
    *(0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D),
    *(0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D),
    *(0x202E, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069),
    *(0x206A, 0x206B, 0x206C, 0x206D, 0x206E, 0x206F, 0x2800, 0x3164, 0xFEFF, 0xFFA0),
    *(0xFFF9, 0xFFFA, 0xFFFB, 0x2028, 0x2029, 0x0085, 0x0007, 0x0008, 0x001B, 0x007F),
    *(0xE000, 0xF0B7, 0xF8FF, 0xE0001, 0xE0020, 0xE0041, 0xE0061, 0xE007F, 0xFDD0),
    *(0xFE00, 0xFE01, 0xFE0E, 0xFE0F, 0xE0100, 0xE01EF, 0x1D173, 0x13430, 0x0378),
]
# Cyrillic, Greek, Armenian, Cherokee and Lisu letters in Latin words, or as words.
LETTERS = """
аsid сancer dоse hеart рain tуpe xеnon ѕafe іron јoint һeart sаfe lungѕ nоt
nevеr sаlt Аspirin Вeta Сarbon Еczema Нeart Іron Кidney Мeasles Оral Рain Тumour
Хenon Ѕkin Јaundice mіld сoma сlot еxcess оver ԁose ԛuick ԝeak gօut ոerve սrine
հeart ӏiver Ӏiver dοse nοt Αspirin Βeta Εczema Ζinc Ηeart Ιron Κidney Μeasles
Νerve Οral Ρain Τumour Υellow Χenon νein pαin hεart dιal cυre tοxic sκin hηart
pρone sτop lωw fγve vαlve ᎪᏟᎢ ᏢᎯᎢ ᏀᏴ ꓐꓳ ꓓꓳꓢꓰ СОР РАСЕ сор ЅОЅ ΝΟΤ ΗΙΚ ΒΑΤ ΖΟΟ Α
Β Ο
"""
# Letters, figures and points of another form, or struck through.
FORMS = """
１０ ５mg 1０ 𝟏𝟎 𝟘 𝟝mg ①0 ⑩ 𝐝ose 𝑑ose 𝒹ose 𝔡ose 𝕕ose 𝖽ose 𝚍ose ｄose mｇ ﬁbrosis ﬂuid
ﬀect oﬃce Ⅷ ⅷ Ⅰ ⅼiver ⅽlot ℓiver ⓐ ㎎ ㎍ ㏄ 10％ １．５ ＜5 ＞5 ＋5 －5 ﹤5
٣ 5٣ ٥mg ۵mg १०
1০ ๕mg 1․5 1‚5 1٫5 1٬000 5꞉1 ɑcid ɡram ʟiver 1̸0 5̶0 no̸t a⃝ b⃠ 1̵0 5̷mg n̸ever
"""
TRICKS = [
    *(f"in{chr(sign)}hale 5 mg" for sign in INVISIBLE),
    *LETTERS.split(),
    *FORMS.split(),
    *("a" + "\u0301" * n for n in (4, 6, 9, 40)),
    *("o" + "\u0327\u0323\u0331" * n for n in (2, 3, 20)),
]
MEDICINE = """
β-thalassaemia; α-thalassaemia; TGF-β1; 5-α-reductase; IFN-γ; IFNγ; TNF-α;
TNFα; NF-κB; NFκB; IκBα; PPARγ; PPARα; ΔF508; F508Δ; µg; μg; 5 µg/ml; 5µg;
10 μmol/l; µm; Sjögren; naïve; ½; ¼; ¾; 1½; Ménière; Guillain–Barré; Behçet;
Möbius; Hallervorden–Spatz; Waldenström; Löffler; Rosai–Dorfman;
Kikuchi–Fujimoto; Takayasu; Charcot–Marie–Tooth; Legg–Calvé–Perthes; Ångström;
Šimko; Łukasz; Dvořák; Nguyễn Thị Ánh; Işık Balcı; Şahin; Gülşen; Þórður; Åse;
Øyvind; Straße; Œdème; Юрий Иванов; Мария Петрова; Δημήτρης Παπαδόπουλος;
山田太郎; 三島 由紀夫; 東京タワー; 김철수; محمد علي; משה כהן; राजेश शर्मा;
สมชาย; დავით; Արամ;
CO₂; H₂O; Ca²⁺; Na⁺; 10⁻⁶; 10⁹/l; m²; m³; cm²; s⁻¹; kg/m²; x̄; p̂; ±0.5; ≥5;
≤3; ≈2; ×10; 5′; 3′; 5′-UTR; ″; …; –5 °C; 37 °C; ℃; ‰; № 5; ™; ®; ©; ª; º;
1·5; χ²; χ2; λ; κ = 0.8; σ; ρ; ω-3; Ω; kΩ; Aβ42; amyloid-β; β2-microglobulin;
α1-antitrypsin; γδ T cells; αβ T cells; HbA₁c; Gαs; GSK3β; ERα; ERβ;
17β-estradiol; Δ9-THC; φX174; ε4; APOE ε4; τ; p-tau; ζ-chain; η; θ; Ψ; Φ;
5\u00a0mg; 10\u202f000; “quoted”; ‘so’; Hawaiʻi; ʼ; l’hôpital; é; e\u0301;
Trần; Phạm; Zoë; Chloë; François; Ana María; João; Ağrı; Đặng; ªb
"""
PLAIN = [word.strip() for word in MEDICINE.split(";")]
