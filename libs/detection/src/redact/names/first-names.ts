/** First names of many cultures, folded to lower-case ASCII, parted by blanks. */
export const firstNames = `
aaliyah aarav aaron abbas abby abdel abdul abdullah abel abena abigail abraham adam adama adrian adriana adrien agata agnes
agnieszka ahmad ahmed aida aidan aiden aiko aileen aisha aishwarya ajay akash akiko akin akira akua alan alana alastair
albert alberto alec alejandra alejandro aleksandar aleksandr aleksandra alena alessandra alessandro alessia alex
alexander alexandra alexandre alexandru alexia alexis alfie alfonso alfred alfredo ali alice alicia alina alisa alisha
alison alistair allan allison alma alvaro alyssa amadou amal amanda amara amelia amelie amina aminata amir amira amit
amol amy ana anahit anand ananya anastasia anders andre andrea andreas andreea andrei andres andrew andrey andrzej andy
angela angelica angelina angelo angus anika anil anita anja anjali ankit ankita ann anna annabel anne annegret annette
annie annika ansel anthony antoine anton antonella antonia antonina antonio antonis anya aoife aram archie ari aria
ariana arianna ariel arjun armando armen arnaud arne arnold arthur artur arturo arun arvid asha asher ashley ashok
ashraf asif astrid athena atsushi aubrey audrey august augusto aurelie aurelien axel ayaan ayaka ayasha aylin ayman
ayse aysha ayumi azadeh aziz babak bao barbara barry bartosz bashir bastian beata beatrice beatriz becky belinda bella
ben benedict benedikt benjamin benoit bernadette bernard bernardo bernd bert beth bethany betty bev beverly bhavna
bianca bilal birgit birgitta bjorn blanca blessing bo boaz bob bobby bogdan boris bozena brad bradley brandon branko
breanna brenda brendan brent brett brian brianna bridget brigitte britta brittany bronwyn bruce bruno bryan bryce
burak caitlin callum calvin cameron camila camilla camille candice cara carina carl carla carlo carlos carlotta carme
carmen carol carolin carolina caroline caron carsten casey cassandra catalina catarina catherine cathy cecilia cedric
celeste celia celine cem cesar chad chandra charles charlie chen cheng cheryl chiara chidi chike chinedu chinwe chiyo
chloe chris christa christel christelle christina christine christoph christophe christopher chukwu cian ciara cillian
cindy claire clara clarissa claudette claudia claudio clemens clement cliff clifford clive cody colette colin colleen
connie connor conor conrad constance constantin consuelo cora corey corina corinna corinne cornelia cornelius cory
courtney craig cristian cristiano cristina curtis cynthia cyril dafydd dagmar daisuke dale damian damien damir damon dan
dana daniel daniela daniele daniella danielle danilo danny daphne dara daria dariusz darko darlene darren darryl daryl
dave david davide deanna debbie deborah declan deepa deepak deepika deirdre delphine demetrius denis denise dennis
derek desmond detlef dev devon dhruv diana diane dieter diego dietmar dilip dimitri dimitris dina dinesh dirk divya
diyar dmitri dmitry dolores dominic dominik dominika dominique don donald donna donovan dora doreen doris dorota dorothea
dorothy doug douglas dragan dusan dwayne dylan eamon ebba eda eddie edgar edith edmund eduard eduardo edward edwin
efrain egor eileen eino eira ekaterina elaine elana eleanor elena eleni eleonora elham eli elias elif elijah elin elina
elisa elisabeth elise eliza elizabeth ella ellen ellie elliot elliott eloise elsa elsie elvira elzbieta ema emeka emil
emilia emiliano emilie emilio emily emine emma emmanuel emre ender enrico enrique enzo eric erica erich erik erika erin
ernest ernesto ernst erwin esi esra estela esteban estelle esther estrella ethan etienne eugene eugenia eun eunice eva
evan evelina evelyn evgeny ewa ewan eyal ezekiel ezra fabian fabien fabio fabrice fadi fahad fanny farah farhan farid
fatemeh fatima fatma fatou federica federico felicia felicity felipe felix ferdinand ferenc fernanda fernando fiona
firas flavia flavio fleur florian florin floyd folake fran frances francesca francesco francine francis francisca
francisco franco francois francoise franz freda freddie frederic frederick frederik freya frida friedrich fritz fumiko
gabor gabriel gabriela gabriele gabriella gabrielle gaetan gail galina gareth garrett gary gaston gaurav gavin gayle
gemma genevieve geoff geoffrey george georges georgina gerald geraldine gerard gerardo gerd gerhard gerrit gert gertrude
giacomo gianluca gianna gideon gilbert gilles gillian gina ginger giorgia giorgio giorgos giovanna giovanni gisela
giselle gita giulia giuliana giulio giuseppe gizem glen glenda glenn gloria gonzalo gordon goran gottfried graham greg
gregor gregory greta gretchen grzegorz guadalupe gudrun guido guilherme guillaume guillermo gunnar gunther gustav
gustavo guy gwen gwendolyn gyorgy habib hadi haifa hakan haleh halima hamid hamish hamza hana hanna hannah hannelore
hannes hans harald harish harold harriet harry haruka haruki haruto harvey hasan hassan hayley hazel heather hector
hedwig heidi heike heiko heinrich heinz helen helena helene helga helmut hemant hendrik henning henri henrietta henrik
henrique henry herbert heribert herman hermann hermione hideki hilary hilda hilde hina hiro hiroki hiroko hiroshi hoang
holger holly horacio horst howard hubert hugh hugo humberto hussein huyen hye hyun iain ian ibrahim ida idris ieva
ignacio igor ikram ilan ilaria ilias ilker ilona ilse ilya iman imani imran ina indira ines ingeborg ingo ingrid inna
ioana ioannis ira irena irene irina irma irving isaac isabel isabell isabella isabelle isadora isaiah isha ishaan ishmael
isidora ismail isobel istvan itamar itzel ivan ivana ivar ivo ivona iwona izabela jaap jacinta jacob jacqueline jacques
jaime jake jakob jakub jalal jamal james jamie jamila jan jana jane janet janice janina janine janusz jared jarek jaroslav
jasmin jasmine jason jasper javier jay jaya jayden jean jeanette jeanne jeff jeffrey jelena jemima jennifer jenny jens
jeremiah jeremy jerome jerry jerzy jesper jess jesse jessica jessie jesus jill jim jimena jimmy jin jing jiri jitka
joachim joan joana joanna joanne joao joaquin jocelyn jochen jodie joe joel joerg johan johann johanna johannes john
johnny jolanda jolanta jon jonah jonas jonathan jonathon joost jordi jorg jorge jorgen jose josef josefina joseph josephine
josh joshua josie joyce jozef juan juana juanita judith judy juergen jukka jules juliana julianna julianne julie julien
juliet juliette julio julius jun junaid junko jurgen justin justina justine justyna jutta jyoti kaan kacper kai kaito
kalpana kamal kamil kamila kana karel karen kari karim karin karina karl karla karolina karoline karsten kasia kasper
kate katerina katharina katherine kathleen kathryn kathy katie katja katrin katrina katsuo katy kavita kavya kay kayla
kaylee kazuki kazuko kazuo keiko keith kelechi kelly kelsey ken kendra kenichi kenji kenneth kenny kenta kerem kerry
kerstin kevin khadija khaled khalid khalil kian kim kimberly kinga kiran kirill kirsten kirsty klara klaudia klaus knut
kofi koji konrad konstantin konstantinos korbinian kostas kourosh krista kristen kristian kristin kristina kristine
kristof kristoffer krishna krystyna krzysztof kseniya kumar kunal kurt kushal kwabena kwame kyla kyle kylie kyoko laila
lakshmi lamar lana lance lara larissa larisa larry lars laszlo latifa latoya laura laurel lauren laurence laurent laurie
lavinia lawrence layla lea leah leanne lee leena leigh leila leilani lena leo leon leona leonard leonardo leonie leonor
leopold leroy leslie leszek leticia leyla liam lian liana lidia liesel lila lilian liliana lillian linda lindiwe lindsay
lindsey linh linnea lino lionel lisa lisbeth lise liselotte livia liz liza ljiljana lloyd logan lois lola lorena lorenz
lorenzo loretta lori lorna lorraine lothar lotte lou louis louisa louise luc luca lucas lucia luciana luciano lucie
lucien lucille lucinda lucy ludmila ludovic ludwig luigi luis luisa luka lukas lukasz luke lutz lydia lyn lynda lynette
lynn maarten maciej mackenzie madeleine madeline madhav mads magali magda magdalena maggie magnus mahdi mahesh mahmoud
maia maike mai maja makena makoto malcolm malgorzata malik malin mallory mamadou mandy manfred manish manoj manuel
manuela mara marc marcel marcela marcella marcelo marcia marcin marco marcos marcus marek margaret margarete margarida
margarita margit margot marguerite mari maria mariam mariama marian mariana marianna marianne maribel marie marieke
mariel mariella marietta marija marika marilyn marina mario marion mariota marisa marisol marissa marit marius mariusz
mariya marjan marjorie marko markus marlene marlon marta martha martin martina martine marvin mary maryam masako
massimo mathew mathias mathieu mathilda mathilde matias matilda matt matteo matthew matthias matthieu matthijs maud
maura maureen mauricio maurizio maurice mayra maya mayank mayumi meera megan mehdi mehmet mei meike melanie melina
melinda melissa mercedes meredith merve mia micah michael michaela michal michel michela michele michelle michiko miguel
mihai mika mikael mike mikhail mikko mila milan milena milica milos mina minh minna miranda mireille mirek mireya miriam
mirjam miroslav misaki mitchell mitsuko miyuki modesta mohamed mohammad mohammed mohan mohit moira moises molly mona
monica monika monique morgane moritz moses moshe muhammad mukesh muriel murat musa mustafa myriam myra myrna nadia
nadine nadja mateus nneka naila nairobi nam nana nancy nandini naoki naomi naoko narges nasser natalia natalie nataliya natasha
natascha nathalie nathan nathaniel naveed naveen navya nazanin neal ned neha neil nele nelson nerea nga ngoc ngozi
nguyen niall niamh nicholas nick nicola nicolas nicole nicoletta nicolo niels nigel nik niki nikhil nikita nikki niklas
nikola nikolai nikolaos nikolas nikos nils nina nino niraj nisha nishant nitin noa noah noel noemi noor nora norbert
noriko norma norman nour nuno nuria nwando obinna octavia odette odile ofelia oksana ola olaf olena oleg olga olivia
olivier ollie oluwaseun omar omari omer oren orla orlando oscar osama oskar osman osvaldo otto ousmane owen oyelaran
pablo paige palesa pamela paola paolo parisa pascale pat patrice patricia patricio patrick patrik patrycja patty paul
paula paulette paulina pauline paulo pavel pawel pedro peggy penelope penny per pernille perry petar peter petra petros
phil philip philipp philippa philippe phillip phoebe phuong phyllis pia pierluigi piero pierre pierrette pieter pilar
piotr pippa polly pooja prakash pranav prasad pratik preeti priscilla priya priyanka przemyslaw purnima quentin quinn
rabia rachel rachelle radek radha radomir rafael rafaela rafal raffaele raghav rahel rahim rahul raimund rainer raj raja
rajesh rajiv ralf ralph ram rama ramesh ramon ramona ramya rana rania ranjit raoul raphael raquel rashid ravi ray raymond
razvan rebecca rebekah reece regina reginald regine reiko reinhard reinhold rekha remi remy rena renata renate renato
rene renee reza rhiannon rhonda rhys ria ricardo riccardo richard rick ricky rieke rika riley rita ritu rivka riya rob
robert roberta roberto robin rocio rocco rodney rodolfo rodrigo roger rogelio rohan rohit roland rolando rolf roma roman
romain romina romy ron ronald ronan ronja ronnie rory rosa rosalia rosalie rosalind rosario rosemarie rosemary roshan
rosie rosita ross roswitha roxana roxanne roy ruben rudi rudolf rudy rui rupert russell ruth ruxandra ryan ryo ryota
sabine sabrina sachin sadia sadie saeed safiya sahar sai said saif sakura salah salim sally salma salman salome salvador
salvatore sam samantha sami samira samir sammy samson samuel sana sandeep sandra sandrine sandro sania sanjay sanjeev
sanne santosh saori sara sarah saskia satoshi saul savannah scott sean sebastian sebastien seda seiji selena selim selin
selina selma seo serena sergei sergey sergio seth seung seyed shabnam shane shanice shankar shannon sharif sharon shaun
shauna shawn sheila shelby shelley shelly sherry shigeru shilpa shin shinji shira shirin shirley shiv shivani shlomo
shobha shreya shruti sibel siddharth siegfried sigrid silas silke silvana silvia silvio simon simona simone sina sinead
siobhan sneha snezana sofie solange solene soledad solveig sonal sonia sonja sonya soo sophia sophie soren soraya spencer
srinivas stacey stacy stan stanislav stanislaw stanley stefan stefania stefanie stefano steffen stella sten stephan
stephanie stephane stephen sterling steve steven stewart stig stuart sue suelen sujata sukhdeep suleiman sumit sun suresh
sunil sunita susan susana susann susanna susanne sushma suzanne suzuka svein sven svenja svetlana swati sylvain sylvester
sylvia sylvie syed tabitha tadashi tadeusz taehyung tahir taiwo takashi takeshi takuya talia tamar tamara tamas tamika
tammy tania tanja tanvi tanya tara tareq tarek tariq taro tarun tasha tatiana tatjana tatsuya ted temitope tendai teresa
terence teri terrance terrell terry tess tessa thabo thaddeus thais thandiwe thanh theo theodora theodore theresa therese
theresia thiago thierry thomas thorsten thu thuy tiago tiana tiffany tilda tilman tim timo timothy timur tina tobias toby
todd tom tomas tomasz tomek tommaso tommy tomoko tony torben tore torsten toshiko tove tracey traci tracy trevor trinh
trisha tristan trond troy trudy tuan tuomas tuula tyler tyrone uchenna udo ugo ulrich ulrike umar uma umut unai urs ursula
usha usman uta ute uwe vadim valentin valentina valeria valerie valerio valeriy vanessa varun vasco vasile vasiliki
vasily veera venkat vera verena verna vernon veronica veronika veronique vesna vicente vicki vicky victor vidya vijay
vikas vikram viktor viktoria ville vimal vinay vince vincent vincenzo vinod vipul virginie vishal vito vittoria vittorio
vivek vivian viviana vivienne vlad vladimir vladislav volker volodymyr waleed wallace walter wanda wanjiru warren wei
wendy wenche werner wesley wessel wilfred wilfried wilhelm wilhelmina william willem willy wilma winfried winifred
wioletta wladyslaw wojciech wolfgang wouter xavier xiang xiao ximena xin yael yan yana yannick yannis yara yash yasmin
yasmine yasser yasuko ye yejin yelena yemi yesenia ying yitzhak yoko yolanda yonatan yoshiko yosef young youssef yu yua
yuan yuka yuki yuko yuliya yumi yuri yusuf yuto yuval yves yvette yvonne zach zachary zahra zaid zainab zane zara zdenek
zeinab zelda zeynep zhen zheng zita zlatan zoe zofia zoltan zora zoran zsofia zsuzsanna zuzana
александр алексей анастасия андрей анна артем борис вадим валентина василий вера виктор виктория владимир галина
дарья денис дмитрий евгении евгения екатерина елена иван игорь ирина кирилл константин ксения лариса людмила максим
мария михаил надежда наталья никита николаи николай оксана олег ольга павел петр роман светлана сергеи сергей степан
тарас татьяна юлия юрий яна γιωργος μαρια δημητρης ελενη νικος κωστας
`;

/** First names that are words, places or products as well: alone they name nobody. */
export const ambiguousFirstNames = `
amber angel april art aurora austin autumn basil bill brook brooke brooklyn carter chance charlotte chase chelsea
christian claude clay crystal daisy dallas dawn dean destiny drew eden ember ernest faith florence ford frank gene georgia
grace grant harmony harper hazel heath heaven holly hope hunter indigo iris ivy jack jackson jade jasper jewel jordan joy
julia june justice kafka kendall kent lane laurel lincoln lily london luna madison major mark mason max may mercy
melody miles misty nova olive oliver opal paris parker pascal pearl penny phoenix piper pierce poppy presley prince
raven reed rich river robin rocky rose ruby rusty sage sandy santiago savannah scout sierra skip sky skye sofia sterling
stone storm sue summer sunny sydney taylor trinity tyler valencia victoria violet virginia wade ward will wren
ada alexa archer ash bailey blake blaze case charity cole cooper dakota dash dexter dior duke earl echo everest fox gage
gray hank henley jett journey kit knox lake legend logan loyal lux mac maverick morgan noble north oakley ocean paisley
pepper porter quest ranger reign rowan royal ryder saint saylor shiloh talon tanner tate temple thor true vale west winter
wolf zion genesis gypsy honor juniper lotus magnolia marigold meadow sahara
`;
