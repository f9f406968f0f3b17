using System.Collections.Frozen;

namespace Crawl4.Core.Reading.Linking;

/// <summary>Names of more than one label under which the public registers, by the rules of publicsuffix.org.
/// A compact set of our own: the second levels of country domains, without the thousands of towns and
/// districts, and the private suffixes that matter most. Every top-level domain is a suffix without being
/// listed.</summary>
internal static class PublicSuffixes
{
    /// <summary>A country and what stands before it; a star for anything.</summary>
    private const string Countries = """
        ac com edu gov mil net org
        ae ac co gov mil net org sch
        af com edu gov net org
        ag co com net nom org
        ai com net off org
        al com edu gov mil net org
        am co com commune net org
        ao co ed edu gov gv it og org pb
        ar com coop edu gob gov int mil musica mutual net org seg senasa tur
        at ac co gv or
        au act asn com edu gov id net nsw nt oz org qld sa tas vic wa
        az biz co com edu gov info int mil name net org pp pro
        ba com edu gov mil net org
        bb biz co com edu gov info net org store tv
        bd *
        be ac
        bf gov
        bh com edu gov net org
        bi co com edu or org
        bm com edu gov net org
        bn com edu gov net org
        bo com edu gob int mil net org tv web
        br adm adv agr am app arq art ato blog bio br coop com dev des eco edu emp eng esp etc eti far
        br flog fm fnd
        br fot fst g12 ggf gov imb ind inf jor jus leg lel log mat med mil mp mus net nom not ntr odo
        br org ppg pro psc
        br psi qsl radio rec rep slg srv taxi tec teo tmp trd tur tv vet vlog wiki zlg
        bs com edu gov net org
        bt com edu gov net org
        bw co gov net org
        by com gov mil of
        bz co com edu gov net org
        ca ab bc gc mb nb nf nl ns nt nu on pe qc sk yk
        cd gov
        ci ac asso co com ed edu go gouv int net or org
        ck *
        cl co gob gov mil
        cm co com gov net
        cn ac ah bj com cq edu fj gd gov gs gx gz ha hb he hi hk hl hn jl js jx ln mil mo net nm nx org
        cn qh sc sd sh
        cn sn sx tj tw xj xz yn zj
        co com edu gov mil net nom org
        cr ac co ed fi go or sa
        cu com edu gob inf nat net org
        cw com edu net org
        cy ac biz com gov ltd mil net org press pro tm
        de com
        do art com edu gob gov mil net org sld web
        dz art asso com edu gov net org pol soc tm
        ec com edu fin gob gov info k12 med mil net org pro
        ee aip com edu fie gov lib med org pri riik
        eg ac com edu eng gov me mil name net org sci sport tv
        er *
        es com edu gob nom org
        et biz com edu gov info name net org
        fj ac biz com edu gov id info mil name net org pro
        fk *
        fr asso com gouv nom prd tm
        ge com edu gov mil net org pvt school
        gg co net org
        gh biz com edu gov mil net org
        gi com edu gov ltd mod org
        gl co com edu net org
        gn ac com edu gov net org
        gp asso com edu mobi net org
        gr com edu gov net org
        gt com edu gob ind mil net org
        gu com edu gov guam info net org web
        gy co com edu gov net org
        hk com edu gov idv net org
        hn com edu gob mil net org
        hr com from iz name
        ht art asso com coop edu firm gouv info med net org perso pol pro rel shop
        hu 2000 agrar bolt casino city co film forum games hotel info ingatlan jogasz konyvelo lakas
        hu media news org
        hu priv reklam sport suli tm tozsde utazas video
        id ac biz co desa go kop mil my net or ponpes sch web
        ie gov
        il ac co gov idf k12 muni net org
        im ac co com net org ro tt tv
        in ac bank biz co com coop edu er ernet firm gen gov ind info int mil net nic org pro res
        in travel tv uk up us
        iq com edu gov mil net org
        ir ac co gov id net org sch
        it edu gov
        je co net org
        jm *
        jo agri ai com edu eng fm gov mil net org per phd sch tv
        jp ac ad aichi akita aomori chiba co ed ehime fukui fukuoka fukushima gifu go gr gunma
        jp hiroshima hokkaido
        jp hyogo ibaraki ishikawa iwate kagawa kagoshima kanagawa kochi kumamoto kyoto lg mie miyagi
        jp miyazaki nagano
        jp nagasaki nara ne niigata oita okayama okinawa or osaka saga saitama shiga shimane shizuoka
        jp tochigi
        jp tokushima tokyo tottori toyama wakayama yamagata yamaguchi yamanashi
        ke ac co go info me mobi ne or sc
        kg com edu gov mil net org
        kh *
        km asso com coop edu gouv gov medecin mil nom notaires org prd presse tm veterinaire
        kr ac busan chungbuk chungnam co daegu daejeon es gangwon go gwangju gyeongbuk gyeonggi
        kr gyeongnam hs incheon
        kr jeju jeonbuk jeonnam kg mil ms ne or pe re sc seoul ulsan
        kw com edu emb gov ind net org
        ky com edu net org
        kz com edu gov mil net org
        la com edu gov info int net org per
        lb com edu gov net org
        lc co com edu gov net org
        lk ac assn com edu gov grp hotel int ltd net ngo org sch soc web
        lr com edu gov net org
        ls ac biz co edu gov info net org sc
        lt gov
        lv asn com conf edu gov id mil net org
        ly com edu gov id med net org plc sch
        ma ac co gov net org press
        mc asso tm
        me ac co edu gov its net org priv
        mg co com edu gov mil nom org prd
        mk com edu gov inf name net org
        ml com edu gouv gov net org presse
        mm *
        mn edu gov org
        mo com edu gov net org
        mr gov
        ms com edu gov net org
        mt com edu net org
        mu ac co com gov net or org
        mv aero biz com coop edu gov info int mil museum name net org pro
        mw ac biz co com coop edu gov int net org
        mx com edu gob net org
        my biz com edu gov mil name net org
        mz ac adv co edu gov mil net org
        na alt co com gov net org
        nc asso nom
        nf arts com firm info net other per rec store web
        ng com edu gov i mil mobi name net org sch
        ni ac biz co com edu gob in info int mil net nom org web
        nl co
        no co dep fhs fylkesbibl gs herad idrett kommune mil museum priv stat vgs
        np *
        nr biz com edu gov info net org
        nz ac co cri geek gen govt health iwi kiwi maori mil net org parliament school
        om co com edu gov med museum net org pro
        pa abo ac com edu gob ing med net nom org sld
        pe com edu gob mil net nom org
        pf com edu org
        pg *
        ph com edu gov i mil net ngo org
        pk ac biz com edu fam gkp gob gog gok gop gos gov net org web
        pl agro aid art atm auto biz com edu gdansk gmina gov gsm info krakow lodz lublin mail media
        pl miasta mil net
        pl nom org pc poznan powiat priv realestate rel sex shop sklep sos szczecin szkola targi tm
        pl torun tourism
        pl travel turystyka warszawa waw wroc wroclaw
        pr ac biz com edu est gov info isla name net org pro prof
        ps com edu gov net org plo sec
        pt com edu gov int net nome org publ
        py com coop edu gov mil net org
        qa com edu gov mil name net org sch
        re asso com
        ro arts com firm info nom nt org rec store tm www
        rs ac co edu gov in org
        ru ac com edu gov int mil msk net org pp spb
        rw ac co coop gov mil net org
        sa com edu gov med net org pub sch
        sb com edu gov net org
        sc com edu gov net org
        sd com edu gov info med net org tv
        se ac com fh fhsk fhv komvux lanbib org parti pp press tm
        sg com edu gov net org per
        sh com gov mil net org
        sl com edu gov net org
        sn art com edu gouv org perso univ
        so com edu gov me net org
        st co com consulado edu embaixada mil net org principe saotome store
        sv com edu gob org red
        sy com edu gov mil net org
        sz ac co org
        th ac co go in mi net or
        tj ac biz co com edu go gov int mil name net nic org web
        tm co com edu gov mil net nom org
        tn com ens fin gov ind info intl mincom nat net org perso tourism
        to com edu gov mil net org
        tr av bbs bel biz com dr edu gen gov info k12 kep mil name nc net org pol tel tsk tv web
        tt co com biz edu gov info mil name net org pro
        tw club com ebiz edu game gov idv mil net org
        tz ac co go hotel info me mil mobi ne or sc tv
        ua cherkasy cherkassy chernigov chernihiv chernivtsi cn com crimea cv dn dnipro dp edu gov if
        ua in ivano-frankivsk
        ua kh kharkiv kharkov kherson khmelnitskiy kiev kirovograd km kr ks kyiv lg lt lugansk lviv mk
        ua net nikolaev od
        ua odesa odessa org pl poltava rivne rovno rv sevastopol sm sumy te ternopil uz vinnica vn
        ua volyn yalta zp zt
        ug ac co com go ne or org sc
        uk ac co gov ltd me mod net nhs org plc police sch
        us ak al ar as az ca co ct dc de dni fed fl ga gu hi ia id il in isa ks ky la ma md me mi mn mo
        us ms mt nc nd ne
        us nh nj nm nsn nv ny oh ok or pa pr ri sc sd tn tx ut va vi vt wa wi wv wy
        uy com edu gub mil net org
        uz co com net org
        vc com edu gov mil net org
        ve arts bib co com e12 edu firm gob gov info int mil net nom org rec store tec web
        vi co com k12 net org
        vn ac ai biz com edu gov health id info int io name net org pro
        vu com edu net org
        ws com edu gov net org
        ye com edu gov mil net org
        za ac agric alt co edu gov grondar law mil net ngo nic nis nom org school tm web
        zm ac biz co com edu gov info mil net org sch
        zw ac co gov mil org
        """;

    /// <summary>Hosts of many unrelated sites, and second levels that companies sell.</summary>
    private const string Private = """
        000webhostapp.com altervista.org amplifyapp.com appspot.com azurecontainerapps.io azureedge.net
        azurestaticapps.net azurewebsites.net b-cdn.net b4a.app bitbucket.io blob.core.windows.net blogspot.ca
        blogspot.ch
        blogspot.co.id blogspot.co.il blogspot.co.uk blogspot.co.za blogspot.com blogspot.com.ar
        blogspot.com.au blogspot.com.br blogspot.com.es blogspot.com.tr blogspot.de blogspot.dk
        blogspot.fi blogspot.fr blogspot.gr blogspot.hk blogspot.hu blogspot.ie blogspot.in blogspot.it
        blogspot.jp blogspot.kr blogspot.mx blogspot.my blogspot.nl blogspot.no blogspot.pe blogspot.pt
        blogspot.ro blogspot.rs blogspot.ru blogspot.se blogspot.sg blogspot.sk blogspot.tw blogspot.ug
        blogspot.vn br.com carrd.co cdn77-ssl.net cloudapp.net cloudfront.net cloudfunctions.net cn.com
        co.com codeberg.page ddns.net de.com deno.dev dreamhosters.com duckdns.org dyndns.org
        edgekey.net elasticbeanstalk.com eu.com eu.org firebaseapp.com fly.dev
        framer.app framer.website free.fr gb.net ghost.io gitbook.io github.io githubusercontent.com
        gitlab.io glitch.me hashnode.dev herokuapp.com hf.space home.blog hostingersite.com hu.net
        in.net itch.io jp.net jpn.com kr.com lovable.app mex.com mybluehost.me myshopify.com
        mystrikingly.com neocities.org netlify.app ngrok-free.app ngrok.app ngrok.io no-ip.org
        notion.site onrender.com pages.dev pantheonsite.io platform.sh pythonanywhere.com readthedocs.io
        repl.co replit.app ru.com run.app s3.amazonaws.com sa.com se.net shopifypreview.com site44.com
        stackblitz.io streamlit.app substack.com surge.sh trafficmanager.net
        translate.goog tumblr.com typepad.com uk.com uk.net us.com us.org vercel.app vercel.dev web.app
        webflow.io weebly.com wikidot.com wixsite.com wordpress.com workers.dev
        wpcomstaging.com wpengine.com za.com za.net zeabur.app
        """;

    /// <summary>Names that are no suffix although a star says so.</summary>
    private static readonly FrozenSet<string> Exceptions = FrozenSet.ToFrozenSet(
        ["www.ck"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> All = Read().ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Known =
        All.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Excepted =
        Exceptions.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True for a listed name of two labels or more.</summary>
    public static bool Contains(ReadOnlySpan<char> name)
    {
        if (Known.Contains(name))
        {
            return true;
        }

        var dot = name.IndexOf('.');
        return dot > 0 && Wild(name[(dot + 1)..]) && !Excepted.Contains(name);
    }

    private static bool Wild(ReadOnlySpan<char> rest)
    {
        ReadOnlySpan<char> star = rest.Length == 2 ? ['*', '.', rest[0], rest[1]] : [];
        return rest.Length == 2 && Known.Contains(star);
    }

    private static IEnumerable<string> Read()
    {
        foreach (var line in Countries.Split('\n', StringSplitOptions.TrimEntries))
        {
            var words = line.Split(' ');
            foreach (var second in words.Skip(1))
            {
                yield return second + "." + words[0];
            }
        }

        foreach (var name in Private.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return name;
        }
    }
}
